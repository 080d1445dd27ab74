import { PackError, readRecords } from '../tables/read-records.js';
import type { Lms } from './lms.js';

export type Sex = 'M' | 'F';
type Chart = 'height' | 'weight' | 'bmi' | 'head';

interface LengthEntry extends Lms {
  readonly length: number;
}

/** The reference distributions that children grow by. */
export interface GrowthCharts {
  /** @param month whole months of age; an age before or after the chart has its first or last entry */
  at(chart: Chart, sex: Sex, month: number): Lms;
  /** Weight (kg) for a length (cm); null above the longest length of the chart. */
  weightForLength(sex: Sex, length: number): Lms | null;
}

/**
 * @param lms CSV with chart,sex,month,l,m,s: months without gaps for each chart and sex
 * @param weightForLength CSV with sex,length,l,m,s, by rising length
 * @throws {PackError} naming the line
 */
export function readGrowthCharts(texts: {
  readonly lms: string;
  readonly weightForLength: string;
}): GrowthCharts {
  const series = new Map<string, { first: number; entries: Lms[] }>();
  for (const record of readRecords(texts.lms, 'cdc-lms.csv')) {
    const key = `${record.text('chart')} ${record.text('sex')}`;
    const month = record.number('month');
    const one = series.get(key) ?? { first: month, entries: [] };
    if (month !== one.first + one.entries.length)
      throw new PackError(`cdc-lms.csv: ${key} has no month ${one.first + one.entries.length}.`);
    one.entries.push({ l: record.number('l'), m: record.number('m'), s: record.number('s') });
    series.set(key, one);
  }
  const lengths = new Map<string, LengthEntry[]>();
  for (const record of readRecords(texts.weightForLength, 'cdc-weight-for-length.csv')) {
    const sex = record.text('sex');
    const [length, l, m, s] = [
      ...[record.number('length'), record.number('l')],
      ...[record.number('m'), record.number('s')],
    ];
    lengths.set(sex, [...(lengths.get(sex) ?? []), { length: length ?? 0, l: l ?? 0, m: m ?? 0, s: s ?? 0 }]);
  }
  return {
    at: (chart, sex, month) => {
      const one = series.get(`${chart} ${sex}`);
      const last = (one?.entries.length ?? 0) - 1;
      const entry = one?.entries[Math.max(0, Math.min(month - one.first, last))];
      if (entry === undefined) throw new PackError(`cdc-lms.csv has no ${chart} of ${sex}.`);
      return entry;
    },
    weightForLength: (sex, length) => lengths.get(sex)?.find((entry) => length < entry.length) ?? null,
  };
}
