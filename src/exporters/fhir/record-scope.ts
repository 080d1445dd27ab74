import type { Encounter } from '../../core/events/encounter.js';
import type { PatientEvent } from '../../core/events/patient-event.js';
import type { PatientRecord } from '../../core/events/patient-record.js';
import type { FhirContext } from './fhir-context.js';
import type { PersonIds } from './ids/release-ids.js';

/** One record while it is written: its ids, and what its events may refer to. */
export class RecordScope {
  readonly patient: string;
  /** `"subject":{"reference":"Patient/..."}`, as most resources have it. */
  readonly subject: string;
  readonly #ids: PersonIds;
  readonly #encounters = new Map<string, string>();
  #events: Map<string, PatientEvent> | undefined;

  constructor(
    readonly context: FhirContext,
    readonly record: PatientRecord,
  ) {
    this.#ids = context.ids.person(record.person.key);
    this.patient = `Patient/${this.#ids.patient}`;
    this.subject = `"subject":{"reference":"${this.patient}"}`;
    for (const { key } of record.encounters) this.#addEncounter(key);
  }

  get patientId(): string {
    return this.#ids.patient;
  }

  id(type: string, key: string): string {
    return this.#ids.of(type, key);
  }

  /** @throws {Error} when the record has no such encounter */
  encounter(key: string): string {
    const reference = this.#encounters.get(key);
    if (reference === undefined) throw new Error(`the record has no encounter "${key}"`);
    return reference;
  }

  /** The part of a resource that says in which encounter it was, with its comma; nothing where it was in none. */
  inEncounter(key: string | undefined): string {
    return key === undefined ? '' : `,"encounter":{"reference":"${this.encounter(key)}"}`;
  }

  /** An event of a kind. @throws {Error} when the record has no such event of that kind */
  event<K extends PatientEvent['kind']>(kind: K, key: string): Extract<PatientEvent, { kind: K }> {
    const found = this.#eventsByKey().get(key);
    if (found?.kind !== kind) throw new Error(`the record has no ${kind} "${key}"`);
    return found as Extract<PatientEvent, { kind: K }>;
  }

  #addEncounter(key: Encounter['key']): void {
    if (this.#encounters.has(key)) throw new Error(`Two encounters have the key "${key}".`);
    this.#encounters.set(key, `Encounter/${this.id('Encounter', key)}`);
  }

  #eventsByKey(): Map<string, PatientEvent> {
    this.#events ??= new Map(this.record.events.map((event) => [event.key, event]));
    return this.#events;
  }
}
