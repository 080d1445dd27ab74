import { choiceOfProfiles, type ProfileChoice } from './profiles/profile-choice.js';
import type { ObjectCheck } from './compile/object-check.js';
import { containedCheck, rootCheck, type ResourceChecks } from './compile/resource-check.js';
import { Run, type Check, type Watch } from './compile/run.js';
import { baseUrl, TypeCompiler } from './compile/type-compiler.js';
import type { Definitions } from './definitions/read-definitions.js';
import type { Finding } from './finding.js';
import { compileProfile } from './profiles/profile-compiler.js';

export interface ValidatorOptions {
  /** Profiles that every resource of their types is held to, besides those that a resource claims: URLs, or all of UK Core. */
  readonly profiles?: ProfileChoice;
}

/**
 * Checks FHIR R4 resources (JSON, as parsed) against definitions that are compiled to closures once. Definitions of types
 * are compiled when the validator is made, profiles when they are first asked for. One instance serves any number of
 * resources, one after the other.
 */
export class FhirValidator implements ResourceChecks {
  readonly profilesOfTypes: ReadonlyMap<string, readonly string[]>;
  private readonly types: TypeCompiler;
  private readonly root: Check;
  private readonly resources = new Map<string, ObjectCheck | null>();
  private readonly profiles = new Map<string, Check | null>();
  private readonly typeNames: ReadonlySet<string>;

  /** @throws {Error} when the definitions are not whole, or when a profile is not among them */
  constructor(
    private readonly definitions: Definitions,
    { profiles = [] }: ValidatorOptions = {},
  ) {
    this.profilesOfTypes = choiceOfProfiles(profiles, definitions);
    this.root = rootCheck(this);
    this.types = new TypeCompiler(definitions, {
      root: this.root,
      contained: containedCheck(this),
      extension: (fields, run) => {
        if (typeof fields['url'] === 'string') this.extension(fields['url'])?.(fields, run);
      },
    });
    const names = definitions.valueSets.get('http://hl7.org/fhir/ValueSet/resource-types');
    this.typeNames = new Set([...(names?.values() ?? [])].flatMap((codes) => [...(codes ?? [])]));
  }

  /** What is wrong with a resource; empty when nothing is. */
  validate(resource: unknown, watch?: Watch): Finding[] {
    const run = new Run(watch);
    const type = (resource as { readonly resourceType?: unknown } | null | undefined)?.resourceType;
    run.steps[0] = typeof type === 'string' ? type : 'resource';
    run.depth = 1;
    this.root(resource, run);
    return run.findings;
  }

  /** The same for one line of NDJSON. */
  validateLine(line: string, watch?: Watch): Finding[] {
    let resource: unknown;
    try {
      resource = JSON.parse(line);
    } catch (error) {
      const why = error instanceof Error ? error.message : 'is no JSON';
      return [{ severity: 'error', rule: 'json', path: '', why }];
    }
    return this.validate(resource, watch);
  }

  resource(type: string): ObjectCheck | undefined {
    let check = this.resources.get(type);
    if (check === undefined) {
      const structure = this.definitions.structures.get(baseUrl + type);
      const isConcrete =
        structure?.kind === 'resource' && !['Resource', 'DomainResource'].includes(structure.type);
      check = isConcrete ? this.types.object(type) : null;
      this.resources.set(type, check);
    }
    return check ?? undefined;
  }

  isResourceType(type: string): boolean {
    return this.typeNames.has(type) && !['Resource', 'DomainResource'].includes(type);
  }

  profile(url: string): Check | undefined {
    let check = this.profiles.get(url);
    if (check === undefined) {
      const structure = this.definitions.structures.get(url);
      check = structure === undefined ? null : (compileProfile(structure, this.types) ?? nothing);
      if (structure?.kind === 'resource' && check !== null) check = onlyOfType(structure.type, check);
      this.profiles.set(url, check);
    }
    return check ?? undefined;
  }

  private extension(url: string): Check | undefined {
    return url.includes(':') ? this.profile(url) : undefined;
  }
}

const nothing: Check = () => undefined;

function onlyOfType(type: string, check: Check): Check {
  return (value, run) => {
    if ((value as { readonly resourceType?: unknown }).resourceType === type) check(value, run);
    else run.fail('profile', `claims a profile of ${type}`);
  };
}
