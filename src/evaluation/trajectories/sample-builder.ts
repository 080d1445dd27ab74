import { ageAt, type CodeCounts, type PopulationSample, type SampledPatient } from './patient-sample.js';

/** The cells of one line by the names of its columns; empty for a column that the file does not have. */
export type ReadCell = (column: string) => string;

const day = 86_400_000;
/** What measurements are compared in. */
const measured = new Set(['39156-5', '8480-6', '4548-4']);

/** Counts a population line by line, one file after the other; `patients` comes first. */
export class SampleBuilder implements PopulationSample {
  readonly patients = new Map<string, SampledPatient>();
  last = -Infinity;
  readonly onsets = new Map<string, number[]>();
  readonly conditions = new Map<string, CodeCounts>();
  readonly medications = new Map<string, CodeCounts>();
  readonly procedures = new Map<string, CodeCounts>();
  readonly observations = new Map<string, CodeCounts>();
  readonly encounters = new Map<string, CodeCounts>();
  readonly durations = new Map<string, number[]>();
  readonly values = new Map<string, (readonly [number, number])[]>();

  /** One for each file that is read, in this order. */
  readers(): readonly (readonly [table: string, read: (cell: ReadCell) => void])[] {
    return [
      ['patients', this.#patient.bind(this)],
      ['encounters', this.#encounter.bind(this)],
      ['conditions', this.#condition.bind(this)],
      ['medications', this.#medication.bind(this)],
      ['procedures', (cell) => count(this.procedures, cell('CODE'), cell)],
      ['observations', this.#observation.bind(this)],
    ];
  }

  #patient(cell: ReadCell): void {
    const death = Date.parse(cell('DEATHDATE'));
    this.patients.set(cell('Id'), {
      sex: cell('GENDER'),
      birth: Date.parse(cell('BIRTHDATE')),
      death: Number.isNaN(death) ? null : death,
    });
  }

  #encounter(cell: ReadCell): void {
    const start = Date.parse(cell('START'));
    if (start > this.last) this.last = start;
    count(this.encounters, cell('ENCOUNTERCLASS'), cell, cell('ENCOUNTERCLASS'));
  }

  #condition(cell: ReadCell): void {
    const code = cell('CODE');
    const patient = this.patients.get(cell('PATIENT'));
    if (count(this.conditions, code, cell) === 1 && patient !== undefined)
      append(this.onsets, code, ageAt(patient, Date.parse(cell('START'))));
  }

  #medication(cell: ReadCell): void {
    const code = cell('CODE');
    count(this.medications, code, cell);
    const days = (Date.parse(cell('STOP')) - Date.parse(cell('START'))) / day;
    if (!Number.isNaN(days)) append(this.durations, code, days);
  }

  #observation(cell: ReadCell): void {
    const code = cell('CODE');
    count(this.observations, code, cell);
    const patient = this.patients.get(cell('PATIENT'));
    if (!measured.has(code) || patient === undefined) return;
    const value = Number(cell('VALUE'));
    if (Number.isFinite(value))
      append(this.values, code, [ageAt(patient, Date.parse(cell('DATE'))), value] as const);
  }
}

/** @returns how often the patient has the code now */
function count(
  counts: Map<string, CodeCounts>,
  code: string,
  cell: ReadCell,
  display = cell('DESCRIPTION'),
): number {
  const known = counts.get(code) ?? { display, patients: new Map<string, number>() };
  counts.set(code, known);
  const patient = cell('PATIENT');
  const times = (known.patients.get(patient) ?? 0) + 1;
  known.patients.set(patient, times);
  return times;
}

function append<T>(lists: Map<string, T[]>, code: string, value: T): void {
  const list = lists.get(code);
  if (list === undefined) lists.set(code, [value]);
  else list.push(value);
}
