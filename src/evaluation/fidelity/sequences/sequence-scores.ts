import { ksComplement } from '../../../core/statistics/ks-complement.js';
import { scoreOf } from '../../score.js';
import type { Score } from '../../score.js';
import { statisticOf } from '../columns/statistic-similarity.js';
import type { Statistic } from '../columns/statistic-similarity.js';

/** The values of one column, one array a sequence, in the order of the rows; NaN where missing. */
export type Sequences = readonly Float64Array[];

export type SequenceStatistic = Statistic | 'min' | 'max';

const reason = 'One of the tables has no sequence to compare.';

/** Groups values by key, both in row order; rows without a key belong to no sequence. */
export function sequencesOf(keys: readonly (string | null)[], values: Float64Array): Sequences {
  const grouped = new Map<string, number[]>();
  keys.forEach((key, row) => {
    if (key === null) return;
    const sequence = grouped.get(key);
    if (sequence) sequence.push(values[row] ?? NaN);
    else grouped.set(key, [values[row] ?? NaN]);
  });
  return [...grouped.values()].map((sequence) => Float64Array.from(sequence));
}

/** KSComplement of the numbers of rows per sequence; SDMetrics 0.29 SequenceLengthSimilarity. */
export function sequenceLengthSimilarity(real: Sequences, synthetic: Sequences): Score {
  const lengths = (sequences: Sequences): Float64Array =>
    Float64Array.from(sequences, ({ length }) => length);
  return scoreOf(ksComplement(lengths(real), lengths(synthetic)), reason);
}

/** KSComplement of one statistic of each sequence; SDMetrics 0.29 StatisticMSAS. */
export function statisticMsas(statistic: SequenceStatistic, real: Sequences, synthetic: Sequences): Score {
  const statistics = (sequences: Sequences): Float64Array =>
    Float64Array.from(sequences, (sequence) => sequenceStatistic(statistic, sequence)).filter(isNumber);
  return scoreOf(ksComplement(statistics(real), statistics(synthetic)), reason);
}

function sequenceStatistic(statistic: SequenceStatistic, sequence: Float64Array): number {
  const present = sequence.filter(isNumber);
  if (present.length === 0) return NaN;
  if (statistic === 'min') return present.reduce((least, value) => Math.min(least, value));
  if (statistic === 'max') return present.reduce((most, value) => Math.max(most, value));
  return statisticOf(statistic, present);
}

export interface InterRowOptions {
  /** Rows apart, at least 1. */
  readonly lag: number;
  /** Differences of logarithms; values that are not positive are left out. */
  readonly logarithm: boolean;
}

/** KSComplement of all differences of rows `lag` apart, pooled over sequences; SDMetrics 0.29 InterRowMSAS. */
export function interRowMsas(
  real: Sequences,
  synthetic: Sequences,
  { lag, logarithm }: InterRowOptions,
): Score {
  const differences = (sequences: Sequences): Float64Array =>
    Float64Array.from(
      sequences.flatMap((sequence) => {
        const scaled = logarithm ? sequence.map((value) => (value > 0 ? Math.log(value) : NaN)) : sequence;
        return Array.from(scaled.subarray(lag), (value, row) => value - (scaled[row] ?? NaN));
      }),
    ).filter(isNumber);
  return scoreOf(ksComplement(differences(real), differences(synthetic)), reason);
}

function isNumber(value: number): boolean {
  return !Number.isNaN(value);
}
