import { msPerDay } from '../../core/time/units.js';

/** One patient as far as a comparison of populations needs it. */
export interface SampledPatient {
  readonly sex: string;
  /** Milliseconds since 1970. */
  readonly birth: number;
  readonly death: number | null;
}

/** What is counted by code: how often each patient has it. */
export interface CodeCounts {
  readonly display: string;
  readonly patients: Map<string, number>;
}

/** A population as it is counted from the files of one folder. */
export interface PopulationSample {
  readonly patients: ReadonlyMap<string, SampledPatient>;
  /** The last moment that any file speaks of. */
  readonly last: number;
  /** Age in years at the first record of a condition, by code. */
  readonly onsets: ReadonlyMap<string, readonly number[]>;
  readonly conditions: ReadonlyMap<string, CodeCounts>;
  readonly medications: ReadonlyMap<string, CodeCounts>;
  readonly procedures: ReadonlyMap<string, CodeCounts>;
  readonly observations: ReadonlyMap<string, CodeCounts>;
  /** Encounters by class. */
  readonly encounters: ReadonlyMap<string, CodeCounts>;
  /** Days of medications that have ended, by code. */
  readonly durations: ReadonlyMap<string, readonly number[]>;
  /** Numeric values with the age in years at which they were measured, by LOINC code. */
  readonly values: ReadonlyMap<string, readonly (readonly [age: number, value: number])[]>;
}

/** Upper ends (years, excluded) of the age bands of all comparisons. */
export const ageBands = [
  ...([
    ['0-4', 5],
    ['5-17', 18],
    ['18-44', 45],
    ['45-64', 65],
    ['65-79', 80],
    ['80+', Infinity],
  ] as const),
];

const year = 365.25 * msPerDay;

export function ageAt({ birth }: SampledPatient, time: number): number {
  return (time - birth) / year;
}

/** The age at death or at the end. */
export function lastAge(patient: SampledPatient, last: number): number {
  return ageAt(patient, patient.death ?? last);
}

export function bandOf(age: number): string {
  return ageBands.find(([, below]) => age < below)?.[0] ?? '80+';
}
