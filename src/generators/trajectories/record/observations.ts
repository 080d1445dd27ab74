import { noCodes, type Code } from '../codes.js';
import type { Names } from '../names.js';
import type { Encounters } from './encounters.js';
import type { RecordBuffers } from './record-buffers.js';
import { observationKinds } from './rows.js';

export type ObservedValue = number | string | boolean | Code;

export interface NewObservation {
  /** The number of a list of codes. */
  readonly codes: number;
  /** `Names.words`, -1 for none. */
  readonly category: number;
  readonly unit: number;
  /** `undefined` where nothing was measured. */
  readonly value: ObservedValue | undefined;
}

interface Latest {
  readonly encounter: number;
  readonly row: number;
}

/** What was observed, and for each code where to find the newest. */
export class Observations {
  readonly #latest = new Map<number, Latest>();

  constructor(
    readonly buffers: RecordBuffers,
    readonly names: Names,
    readonly encounters: Encounters,
  ) {}

  /** @returns the row */
  add(time: number, observation: NewObservation): number {
    const row = this.#push(time, observation, -1);
    this.#remember(row);
    return row;
  }

  /** One observation whose components are others: they are found in it alone, not by their own codes. */
  addGroup(time: number, group: NewObservation, components: readonly NewObservation[]): number {
    const { observations } = this.buffers;
    const parent = observations.count + components.length;
    for (const component of components) this.#push(time, component, parent);
    const row = this.#push(time, group, -1);
    observations.kind.set(row, observationKinds.group);
    this.#remember(row);
    return row;
  }

  /** A report that refers to observations, which are observations of their own. @returns its row */
  addReport(time: number, codes: number, observations: readonly NewObservation[]): number {
    const { reports } = this.buffers;
    const report = reports.count;
    for (const observation of observations)
      this.buffers.observations.report.set(this.add(time, observation), report);
    reports.encounter.push(this.#encounterAt(time));
    reports.start.push(time);
    reports.codes.push(codes);
    return report;
  }

  /** The first one with this key of a code (`CodeBook.keys`) in the newest encounter that has any; -1 for none. */
  latest(key: number): number {
    return this.#latest.get(key)?.row ?? -1;
  }

  /** The value of a row; undefined for none. */
  value(row: number): number | string | Code | undefined {
    const { kind, number, text, code } = this.buffers.observations;
    if (kind.at(row) === observationKinds.number) return number.at(row);
    if (kind.at(row) === observationKinds.code) return this.names.codes.codeAt(code.at(row));
    return text.at(row) ?? undefined;
  }

  #push(time: number, { codes, category, unit, value }: NewObservation, parent: number): number {
    const rows = this.buffers.observations;
    rows.encounter.push(this.#encounterAt(time));
    rows.start.push(time);
    rows.codes.push(codes);
    rows.category.push(category);
    rows.unit.push(unit);
    rows.kind.push(kindOf(value));
    rows.number.push(typeof value === 'number' ? value : NaN);
    rows.code.push(typeof value === 'object' ? this.names.codes.code(value) : noCodes);
    rows.text.push(typeof value === 'string' || typeof value === 'boolean' ? String(value) : null);
    rows.parent.push(parent);
    rows.report.push(-1);
    return rows.count - 1;
  }

  #encounterAt(time: number): number {
    const encounter = this.encounters.at(time);
    this.encounters.fill(encounter, time);
    return encounter;
  }

  #remember(row: number): void {
    const { encounter, codes } = this.buffers.observations;
    const key = this.names.codes.keyOfList(codes.at(row));
    const known = this.#latest.get(key);
    const of = encounter.at(row);
    if (known === undefined || of > known.encounter) this.#latest.set(key, { encounter: of, row });
  }
}

function kindOf(value: ObservedValue | undefined): number {
  if (value === undefined) return observationKinds.none;
  if (typeof value === 'number') return observationKinds.number;
  return typeof value === 'object' ? observationKinds.code : observationKinds.text;
}
