import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encounterTopics, eventTopics, lastingTopics } from './topics.js';

/** A cited figure that the simulation can be held to. */
export interface CitedFigure {
  readonly topic: string;
  readonly kind: 'prevalence' | 'rate';
  readonly sexes: readonly ('M' | 'F')[];
  readonly band: string;
  /** Completed years, both included. */
  readonly low: number;
  readonly high: number;
  /** A share, or events a person-year. */
  readonly value: number;
  readonly quality: string;
}

export type CsvRow = Readonly<Record<string, string>>;

/** Rows of a CSV file with a header; commas inside quotes are kept. */
export function readRows(file: string): CsvRow[] {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const cells = (line: string): string[] =>
    [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  const names = cells(header);
  return lines.map((line) => {
    const values = cells(line);
    return Object.fromEntries(names.map((name, at) => [name, values[at] ?? '']));
  });
}

const scales: Readonly<Record<string, number>> = {
  percent: 100,
  per_100000_person_years: 100_000,
  per_1000_person_years: 1000,
  per_1000_population: 1000,
};

/** Surveys that also count what nobody has diagnosed are not comparable with a record. */
const comparable = /^(prevalence|recorded_prevalence|incidence|rate)$/;

export function readCitedFigures(folder: string): CitedFigure[] {
  return readRows(join(folder, 'prevalence_incidence_activity.csv')).flatMap((row) => {
    const { topic = '', measure = '', unit = '' } = row;
    const isSurvey = measure === 'survey_prevalence' && topic === 'diabetes_diagnosed';
    const isLasting = measure.includes('prevalence');
    const known = isLasting ? topic in lastingTopics : topic in eventTopics || topic in encounterTopics;
    const band = bandOf(row['age_band'] ?? '');
    const scale = scales[unit];
    if (!known || band === null || scale === undefined || !(comparable.test(measure) || isSurvey)) return [];
    const sexes =
      row['sex'] === 'all' ? (['M', 'F'] as const) : ([row['sex'] === 'male' ? 'M' : 'F'] as const);
    const kind = isLasting ? ('prevalence' as const) : ('rate' as const);
    const value = Number(row['value']) / scale;
    return [{ topic, kind, sexes, ...band, value, quality: row['source_quality'] ?? '' }];
  });
}

function bandOf(text: string): { band: string; low: number; high: number } | null {
  if (text === 'all ages') return { band: text, low: 0, high: 200 };
  const found = /^(\d+)(?:-(\d+)|\+)$/.exec(text);
  return found === null ? null : { band: text, low: Number(found[1]), high: Number(found[2] ?? 200) };
}
