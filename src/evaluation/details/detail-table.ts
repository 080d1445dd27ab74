import type { MeasureSection } from '../measure.js';
import type { Score } from '../score.js';

/** The figures behind measures of one section, for people who look closer. Counts in it obey disclosure control. */
export interface DetailTable {
  readonly section: MeasureSection;
  readonly title: string;
  /** What it shows, in a sentence or two. */
  readonly note: string;
  readonly headings: readonly string[];
  /** The first cell of a row is its heading. */
  readonly rows: readonly (readonly DetailCell[])[];
}

type DetailCell = string | Score;
