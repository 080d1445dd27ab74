import type { ColumnFeatures } from './column-features.js';

/** How many cells look like something. A cell may look like several things. */
export interface CellEvidence {
  readonly looksLike: string;
  readonly cells: number;
}

const words = {
  integers: 'whole numbers',
  numbers: 'numbers',
  dates: 'dates (YYYY-MM-DD)',
  datetimes: 'dates with a time',
  leadingZeros: 'digits with a leading zero',
  nhsNumbers: 'NHS numbers',
  uuids: 'UUIDs',
  emails: 'e-mail addresses',
  postcodes: 'postcodes',
  icdCodes: 'ICD codes',
  bands: 'bands of numbers',
  withSpaces: 'several words',
} as const satisfies Partial<Record<keyof ColumnFeatures, string>>;

/** What was counted of a column and is not nothing, for whoever confirms it. */
export function evidenceOf(features: ColumnFeatures): CellEvidence[] {
  const entries = Object.entries(words) as [keyof typeof words, string][];
  return [
    ...entries.map(([feature, looksLike]) => ({ looksLike, cells: features[feature] })),
    ...[...features.dateTexts].map(([format, cells]) => ({ looksLike: `dates (${format})`, cells })),
  ].filter(({ cells }) => cells > 0);
}
