import type { Patient } from '../population/population.js';
import type { Int32Column } from '../record/columns.js';
import type { SpanColumns } from '../record/span-columns.js';
import { msPerDay } from '../../../core/time/units.js';

/** Which part of a life is given out. */
export interface ExportSpan {
  /** The last years before the end of the life or the simulation; 0: all of it. */
  readonly yearsOfHistory: number;
  readonly end: number;
}

const year = 365.25 * msPerDay;
const deathCertificate = '308646001';

/** Says of each row whether it is given out: what happened within the span, and what still lasted then. */
export class ExportWindow {
  readonly last: number;
  /** When the person died, if it was before the end. */
  readonly death: number | null;
  readonly first: number;
  /** 1 for the rows of encounters that something given out hangs on, or that lie within the span. */
  readonly encounters: Uint8Array;

  constructor(
    readonly patient: Patient,
    { yearsOfHistory, end }: ExportSpan,
  ) {
    this.last = Math.min(end, patient.person.death);
    this.death = patient.person.death <= end ? patient.person.death : null;
    this.first = yearsOfHistory === 0 ? -Infinity : this.last - yearsOfHistory * year;
    const { encounters } = patient.record;
    this.encounters = new Uint8Array(encounters.count);
    for (let row = 0; row < encounters.count; row += 1)
      if (encounters.stop.at(row) >= this.first && this.#isInLife(row)) this.encounters[row] = 1;
    const { conditions, allergies, medications, carePlans, devices } = patient.record;
    for (const table of [conditions, allergies, medications, carePlans, devices])
      this.#keepEncounters(table, (row) => this.hasSpan(table, row));
    const { procedures, observations, reports, imagingStudies, supplies, immunizations } = patient.record;
    for (const table of [procedures, observations, reports, imagingStudies, supplies, immunizations])
      this.#keepEncounters(table, (row) => this.hasMoment(table.start.at(row)));
  }

  /** Conditions, allergies, medications, care plans, devices: begun in the life, and not over before the span. */
  hasSpan(table: SpanColumns, row: number): boolean {
    const stop = table.stop.at(row);
    return table.start.at(row) <= this.last && !(stop < this.first);
  }

  /** What happens at a moment. */
  hasMoment(time: number): boolean {
    return time <= this.last && time >= this.first;
  }

  #keepEncounters(
    { encounter }: { readonly encounter: Int32Column },
    isGiven: (row: number) => boolean,
  ): void {
    for (let row = 0; row < encounter.length; row += 1)
      if (isGiven(row)) this.encounters[encounter.at(row)] = 1;
  }

  #isInLife(row: number): boolean {
    const { encounters } = this.patient.record;
    if (encounters.start.at(row) <= this.last) return true;
    const [first] = this.patient.person.names.codes.listAt(encounters.codes.at(row));
    return first?.code === deathCertificate;
  }
}
