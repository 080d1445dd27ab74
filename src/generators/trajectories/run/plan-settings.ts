import type { PastLives } from '../population/past-lives.js';
import type { Composition } from '../population/population.js';

/** Whose lives are simulated, and by what; plain data, so that a thread can be handed it. */
export interface PlanSettings {
  readonly seed: string;
  /** Milliseconds since 1970: the day on which ages are counted, and the moment at which lives end. */
  readonly referenceDate: number;
  readonly end: number;
  readonly sex: 'M' | 'F' | null;
  readonly age: { readonly low: number; readonly high: number } | null;
  readonly area: string | null;
  readonly composition: Composition;
  /** The folders of the modules, later ones over earlier ones. */
  readonly modules: readonly string[];
  /** Patterns of top-level modules with `*`; empty: all. */
  readonly only: readonly string[];
  readonly leaveOutBroken: boolean;
  /** A keep module: the path of its file. */
  readonly keep: string | null;
  readonly cohort: CohortSettings | null;
  readonly triesMax: number;
  /** A file of numbers that are put into modules ({@link applyOverrides}). */
  readonly overrides: string | null;
  /** A file of people of whom something is settled ({@link readFixedPeople}). */
  readonly fixed: string | null;
  /** Runs through polling loops at once: the same distribution of lives, other lives. */
  readonly isFastForward: boolean;
  /** The people of an earlier run, who are followed further. */
  readonly past: PastLives | null;
  /** Null: England and Wales. Else a folder with `demographics.csv` and `sdoh.csv`. */
  readonly demographics: string | null;
}

/** Codes that a life has to have, and must not have, at its end. */
interface CohortSettings {
  readonly having: readonly string[];
  readonly without: readonly string[];
}

/** The settings leave nothing that could be simulated; the message is a sentence for whoever made them. */
export class NothingToSimulateError extends Error {
  override readonly name = 'NothingToSimulateError';
}
