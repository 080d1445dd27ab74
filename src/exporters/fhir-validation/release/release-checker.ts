import { nhsNumberSystem } from '../../../core/events/nhs-number.js';
import { isFields, type Fields, type Run, type Watch } from '../compile/run.js';
import type { FhirValidator } from '../fhir-validator.js';
import type { Finding } from '../finding.js';
import { Lives, type LifeEvent } from './lives.js';
import { refuseNhsNumber } from './nhs-number.js';
import type { Place, PlacedFinding } from './place.js';
import { ReleaseNames } from './release-names.js';

interface Deferred {
  readonly event: LifeEvent;
  readonly path: string;
  readonly place: Place;
}

const marker = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' };

/**
 * Checks every resource of a release, and what no resource shows alone: ids are unique, references lead somewhere, events
 * lie within lives and encounters, code systems are known, NHS numbers are never issued, and everything is marked as test
 * data. Keeps ids, lives and encounters, no resource. Events that come before their patient or encounter are kept until the
 * end, so read patients and encounters first.
 */
export class ReleaseChecker implements Watch {
  readonly countsByType = new Map<string, number>();
  private readonly names = new ReleaseNames();
  private readonly lives = new Lives();
  private readonly deferred: Deferred[] = [];
  private readonly unknownSystems = new Set<string>();
  private place: Place = { file: '', line: 0 };

  constructor(
    private readonly validator: FhirValidator,
    /** See `knownSystems`. */
    private readonly systems: ReadonlySet<string>,
  ) {}

  /** What is wrong with a resource, as far as it can be told by now. */
  add(resource: unknown, place: Place): Finding[] {
    this.place = place;
    const findings = this.validator.validate(resource, this).map(strictly);
    if (!isFields(resource)) return findings;
    const path = String(resource['resourceType']);
    if (path === 'Bundle') this.addBundle(resource, findings);
    else this.addOne(resource, path, undefined, findings);
    return findings;
  }

  /** What can only be told at the end: references that lead nowhere, and events that came too early to be judged. */
  finish(): PlacedFinding[] {
    const late = this.deferred.flatMap(({ event, path, place }) =>
      this.faults(event, path).map((finding) => ({ ...place, ...finding })),
    );
    return [...this.names.unresolved(), ...late];
  }

  reference(reference: string, run: Run): void {
    this.names.refer(reference, run.path(), this.place);
  }

  system(system: string, run: Run): void {
    if (this.systems.has(system) || this.unknownSystems.has(system)) return;
    this.unknownSystems.add(system);
    run.fail('unknown-code-system', 'names a code system that nobody knows (said once for each)');
  }

  identifier({ system, value }: Fields, run: Run): void {
    if (system !== nhsNumberSystem) return;
    const why = refuseNhsNumber(value);
    if (why !== undefined) run.fail('nhs-number', why);
  }

  private addBundle(bundle: Fields, findings: Finding[]): void {
    this.count('Bundle');
    unlessMarked(bundle, 'Bundle', findings);
    const entries = Array.isArray(bundle['entry']) ? (bundle['entry'] as unknown[]) : [];
    const placed = entries.flatMap((entry, index) =>
      isFields(entry) && isFields(entry['resource'])
        ? [
            {
              resource: entry['resource'],
              fullUrl: entry['fullUrl'],
              path: `Bundle.entry[${index}].resource`,
            },
          ]
        : [],
    );
    placed.sort((a, b) => readingOrder(a.resource) - readingOrder(b.resource));
    for (const { resource, fullUrl, path } of placed) this.addOne(resource, path, fullUrl, findings);
  }

  private addOne(resource: Fields, path: string, fullUrl: unknown, findings: Finding[]): void {
    const { resourceType, id } = resource;
    if (typeof resourceType !== 'string') return;
    this.count(resourceType);
    unlessMarked(resource, path, findings);
    const name = `${resourceType}/${String(id)}`;
    const isNamed = typeof id === 'string';
    if (typeof fullUrl === 'string') this.names.add(fullUrl);
    else if (!isNamed) findings.push(wrong('duplicate-id', path, 'has no id'));
    if (isNamed && !this.names.add(name))
      findings.push(wrong('duplicate-id', path, 'has the id of another resource of its type'));
    const names = typeof fullUrl === 'string' ? [name, fullUrl] : [name];
    if (resourceType === 'Patient') this.lives.addPatient(names, resource);
    if (resourceType === 'Encounter') this.lives.addEncounter(names, resource);
    const event = this.lives.eventOf(resource);
    if (event === undefined) return;
    if (this.lives.isKnown(event)) findings.push(...this.faults(event, path));
    else this.deferred.push({ event, path, place: this.place });
  }

  private faults(event: LifeEvent, path: string): Finding[] {
    return this.lives
      .faultsOf(event)
      .map(({ element, ...fault }) => ({ ...fault, path: element === '' ? path : `${path}.${element}` }));
  }

  private count(type: string): void {
    this.countsByType.set(type, (this.countsByType.get(type) ?? 0) + 1);
  }
}

/** Patients before encounters before all else: events are judged by both. */
function readingOrder(resource: unknown): number {
  const type = isFields(resource) ? resource['resourceType'] : undefined;
  return type === 'Patient' ? 0 : type === 'Encounter' ? 1 : 2;
}

function wrong(rule: Finding['rule'], path: string, why: string): Finding {
  return { severity: 'error', rule, path, why };
}

/** A release may hold nothing that was not looked at. */
function strictly(finding: Finding): Finding {
  return finding.rule === 'not-covered' ? { ...finding, severity: 'error' } : finding;
}

function unlessMarked(resource: Fields, path: string, findings: Finding[]): void {
  const meta = isFields(resource['meta']) ? resource['meta'] : {};
  for (const element of ['security', 'tag'])
    if (!hasMarker(meta[element]))
      findings.push(
        wrong('not-marked', `${path}.meta.${element}`, 'does not say HTEST: it is not marked as test data'),
      );
}

function hasMarker(codings: unknown): boolean {
  return (
    Array.isArray(codings) &&
    (codings as unknown[]).some(
      (coding) => isFields(coding) && coding['system'] === marker.system && coding['code'] === marker.code,
    )
  );
}
