import { noCodes } from '../codes.js';
import type { Names } from '../names.js';
import { shortestEncounter } from './encounter-lengths.js';
import type { RecordBuffers } from './record-buffers.js';

export interface NewEncounter {
  /** `Names.encounterClasses`. */
  readonly encounterClass: number;
  readonly codes: number;
  readonly reason: number;
  readonly module: number;
  readonly state: number;
  readonly isVirtual: boolean;
  /** The encounter that the module was in until this moment; left out: none. */
  readonly movedFrom?: number;
}

/** The encounters of one person: where everything else that is recorded hangs. */
export class Encounters {
  readonly #wellness: number;
  /** When the newest encounter of class wellness began; -Infinity before the first. */
  lastWellness = -Infinity;

  constructor(
    readonly buffers: RecordBuffers,
    readonly names: Names,
  ) {
    this.#wellness = names.encounterClasses.id('wellness');
  }

  /** @returns the row; it stops after the shortest length of its class unless {@link end} comes later */
  start(time: number, encounter: NewEncounter): number {
    const { encounterClass, codes, reason, module, state, isVirtual, movedFrom } = encounter;
    const rows = this.buffers.encounters;
    if (encounterClass === this.#wellness) this.lastWellness = time;
    rows.start.push(time);
    rows.stop.push(time + shortestEncounter(this.names.encounterClasses.name(encounterClass)));
    rows.encounterClass.push(encounterClass);
    rows.codes.push(codes);
    rows.reason.push(reason);
    rows.module.push(module);
    rows.state.push(state);
    rows.disposition.push(-1);
    rows.ended.push(0);
    rows.virtual.push(isVirtual ? 1 : 0);
    rows.filledUntil.push(time);
    rows.movedFrom.push(movedFrom ?? -1);
    return rows.count - 1;
  }

  /** Ends it now, or when its shortest length or the last thing in it is over. */
  end(row: number, time: number, disposition: number): void {
    const rows = this.buffers.encounters;
    if (rows.ended.at(row) === 1) return;
    rows.ended.set(row, 1);
    rows.stop.set(row, Math.max(rows.stop.at(row), time, rows.filledUntil.at(row)));
    if (disposition >= 0) rows.disposition.set(row, disposition);
  }

  /**
   * The encounter that a new entry hangs on: the latest of any module that had begun by `time`. A first one of class
   * wellness is made where there is none.
   */
  at(time: number): number {
    const { start } = this.buffers.encounters;
    for (let row = start.length - 1; row >= 0; row -= 1) if (start.at(row) <= time) return row;
    const first = { encounterClass: this.#wellness, codes: noCodes, reason: noCodes, isVirtual: false };
    return this.start(time, { ...first, module: -1, state: -1 });
  }

  /** Lets an encounter last as long as what hangs on it. */
  fill(row: number, until: number): void {
    const { filledUntil, ended, stop } = this.buffers.encounters;
    if (until <= filledUntil.at(row)) return;
    filledUntil.set(row, until);
    if (ended.at(row) === 1 && until > stop.at(row)) stop.set(row, until);
  }
}
