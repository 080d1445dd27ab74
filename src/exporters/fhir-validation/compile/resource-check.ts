import type { ObjectCheck } from './object-check.js';
import { isFields, kindOf, type Check, type Fields, type Run } from './run.js';

/** What the check of any resource needs of the compiler. */
export interface ResourceChecks {
  /** The check of a resource type; undefined where there is no definition of it. */
  resource(type: string): ObjectCheck | undefined;
  /** Whether R4 has such a resource type. */
  isResourceType(type: string): boolean;
  /** What a profile asks beyond the type; undefined for one that is not known. */
  profile(url: string): Check | undefined;
  /** Profiles that every resource of a type is held to. */
  readonly profilesOfTypes: ReadonlyMap<string, readonly string[]>;
}

/** A resource on its own or in a bundle: what it contains is its own. */
export function rootCheck(checks: ResourceChecks): Check {
  const look = anyResource(checks);
  return (value, run) => {
    const { contained, isContained } = run;
    const locals = [...run.localReferences];
    run.contained = containedTypes(value);
    run.isContained = false;
    run.localReferences.clear();
    look(value, run);
    if (run.contained.size > 0) everyContainedIsMeant(value, run);
    run.contained = contained;
    run.isContained = isContained;
    run.localReferences.clear();
    for (const local of locals) run.localReferences.add(local);
  };
}

/** A resource within another one: it has an id, and no resources, versions or labels of its own (dom-2, dom-4, dom-5). */
export function containedCheck(checks: ResourceChecks): Check {
  const look = anyResource(checks);
  return (value, run) => {
    if (isFields(value)) {
      const meta = isFields(value['meta']) ? value['meta'] : {};
      if (value['id'] === undefined) run.fail('contained', 'has no id, so nothing can refer to it');
      if (value['contained'] !== undefined) run.fail('contained', 'contains resources itself', 'dom-2');
      if (meta['versionId'] !== undefined || meta['lastUpdated'] !== undefined)
        run.fail('contained', 'has a version of its own', 'dom-4');
      if (meta['security'] !== undefined) run.fail('contained', 'has a security label', 'dom-5');
    }
    const before = run.isContained;
    run.isContained = true;
    look(value, run);
    run.isContained = before;
  };
}

function anyResource(checks: ResourceChecks): Check {
  return (value, run) => {
    if (!isFields(value)) {
      run.fail('resource-type', `is ${kindOf(value)}, not a resource`);
      return;
    }
    const type = value['resourceType'];
    if (typeof type !== 'string') {
      run.fail('resource-type', 'has no resourceType');
      return;
    }
    const check = checks.resource(type);
    if (check !== undefined) check.check(value, run);
    else if (checks.isResourceType(type)) run.warn('not-covered', `is a ${type}, which is not checked`);
    else run.fail('resource-type', 'is of a type that R4 does not have');
    applyProfiles(checks, type, value, run);
  };
}

function applyProfiles(checks: ResourceChecks, type: string, resource: Fields, run: Run): void {
  const claimed = isFields(resource['meta']) ? resource['meta']['profile'] : undefined;
  const ofType = checks.profilesOfTypes.get(type) ?? [];
  for (const url of ofType) checks.profile(url)?.(resource, run);
  if (!Array.isArray(claimed)) return;
  for (const url of claimed as unknown[]) {
    if (typeof url !== 'string' || ofType.includes(url)) continue;
    const profile = checks.profile(url.replace(/\|.*$/, ''));
    if (profile === undefined) run.warn('profile', 'claims a profile that is not known here');
    else profile(resource, run);
  }
}

function containedTypes(value: unknown): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  if (!isFields(value) || !Array.isArray(value['contained'])) return types;
  for (const one of value['contained'] as unknown[])
    if (isFields(one) && typeof one['id'] === 'string' && typeof one['resourceType'] === 'string')
      types.set(one['id'], one['resourceType']);
  return types;
}

/** dom-3: what is contained is referred to, or refers to what contains it. */
function everyContainedIsMeant(value: unknown, run: Run): void {
  if (run.localReferences.has('#')) return;
  const contained =
    isFields(value) && Array.isArray(value['contained']) ? (value['contained'] as unknown[]) : [];
  contained.forEach((one, index) => {
    if (!isFields(one) || typeof one['id'] !== 'string' || run.localReferences.has(`#${one['id']}`)) return;
    run.within('contained', one, (_, inner) => {
      inner.within(index, one, (__, at) => {
        at.fail('contained', 'is contained, but nothing refers to it', 'dom-3');
      });
    });
  });
}
