import type { Names } from '../names.js';
import { Encounters } from './encounters.js';
import { Entry, type EntryKind } from './entry.js';
import { Observations } from './observations.js';
import type { RecordBuffers } from './record-buffers.js';
import type { SpanColumns } from './span-columns.js';

/** Is told that a code became present or stopped being so. */
export type PresenceListener = (key: number) => void;

/**
 * What the record of a person knows while the person lives: the encounters, and which codes are present. One map serves
 * all kinds: starting what is present gives the old entry back and writes no row.
 */
export class HealthRecord {
  readonly encounters: Encounters;
  readonly observations: Observations;
  /** Keys of codes (`CodeBook.keys`) to entries, in the order in which they started. */
  readonly present = new Map<number, Entry>();
  /** The chronic medications, by key. */
  readonly chronic = new Map<number, Entry>();
  onPresence: PresenceListener = () => undefined;

  constructor(
    readonly buffers: RecordBuffers,
    readonly names: Names,
  ) {
    this.encounters = new Encounters(buffers, names);
    this.observations = new Observations(buffers, names, this.encounters);
  }

  isPresent(key: number): boolean {
    return this.present.has(key);
  }

  /**
   * The present entry of a list of codes, or one made by `write`, which adds the row and answers its number. A medication
   * that was given on the spot can be given again: a dose does not keep the next one away.
   */
  start(kind: EntryKind, codes: number, write: () => number): Entry {
    const key = this.names.codes.keyOfList(codes);
    const known = this.present.get(key);
    if (known !== undefined && !this.#wasGivenOnTheSpot(known)) return known;
    return this.put(new Entry(kind, write(), codes, key));
  }

  /** Makes an entry the present one of its code, also over another: so with procedures. */
  put(entry: Entry): Entry {
    this.present.set(entry.key, entry);
    this.onPresence(entry.key);
    return entry;
  }

  /**
   * Ends what is present by this key; nothing happens where nothing is. What has stopped by itself keeps its stop, but for a
   * medication that was given on the spot: an implant or intrauterine device acts until somebody takes it out.
   */
  end(key: number, time: number): void {
    const entry = this.present.get(key);
    if (entry === undefined) return;
    this.present.delete(key);
    this.chronic.delete(key);
    const { stop } = this.#columnsOf(entry.kind);
    if (entry.kind === 'medication' || Number.isNaN(stop.at(entry.row))) stop.set(entry.row, time);
    this.onPresence(key);
  }

  /** Ends the entry that started first among those of a state (`Names.states`). */
  endByState(state: number, time: number): void {
    const entry = this.presentOfState(state);
    if (entry !== undefined) this.end(entry.key, time);
  }

  presentOfState(state: number): Entry | undefined {
    for (const entry of this.present.values()) if (entry.state === state) return entry;
    return undefined;
  }

  #wasGivenOnTheSpot({ kind, row }: Entry): boolean {
    return kind === 'medication' && !Number.isNaN(this.buffers.medications.stop.at(row));
  }

  #columnsOf(kind: EntryKind): SpanColumns {
    const { conditions, allergies, medications, carePlans, procedures, devices } = this.buffers;
    switch (kind) {
      case 'condition':
        return conditions;
      case 'allergy':
        return allergies;
      case 'medication':
        return medications;
      case 'carePlan':
        return carePlans;
      case 'procedure':
        return procedures;
      case 'device':
        return devices;
    }
  }
}
