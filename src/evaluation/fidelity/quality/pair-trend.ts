import { noScore, scoreOf } from '../../score.js';
import type { Score } from '../../score.js';
import { contingencySimilarity, contingencyTable, cramersV } from '../pairs/contingency.js';
import { correlationSimilarity } from '../pairs/correlation.js';
import type { ComparedVariable } from './compared-variable.js';

/** How alike one pair of columns goes together in both tables, before a threshold says whether it counts. */
export type PairTrend = CorrelationTrend | ContingencyTrend;

interface TrendBase {
  readonly columns: readonly [string, string];
  /** 0 to 1. */
  readonly score: Score;
}

interface CorrelationTrend extends TrendBase {
  readonly measure: 'CorrelationSimilarity';
  /** Pearson's r; null where there is none. */
  readonly realCorrelation: number | null;
  readonly syntheticCorrelation: number | null;
}

interface ContingencyTrend extends TrendBase {
  readonly measure: 'ContingencySimilarity';
  /** Cramer's V in the real table; null where a side has fewer than two categories. */
  readonly realAssociation: number | null;
  /** Mixed pairs only: the score with both tables cut at the real column's edges. */
  readonly fixedEdgesScore?: Score;
}

/** SDMetrics 0.29: Pearson for two continuous columns, else a contingency table, continuous columns in ten own bins. */
export function pairTrend(first: ComparedVariable, second: ComparedVariable): PairTrend {
  const columns = [first.name, second.name] as const;
  if (first.kind === 'continuous' && second.kind === 'continuous') {
    const found = correlationSimilarity(
      'Pearson',
      { first: first.real, second: second.real },
      { first: first.synthetic, second: second.synthetic },
    );
    const correlations = {
      realCorrelation: scoreOf(found.real).value,
      syntheticCorrelation: scoreOf(found.synthetic).value,
    };
    return { measure: 'CorrelationSimilarity', columns, score: found.score, ...correlations };
  }
  const real = contingencyTable({ first: first.codes.real, second: second.codes.real });
  const synthetic = contingencyTable({ first: first.codes.synthetic, second: second.codes.synthetic });
  const trend = {
    ...({ measure: 'ContingencySimilarity', columns } as const),
    score: contingencySimilarity(real, synthetic),
    realAssociation: scoreOf(cramersV(real)).value,
  };
  if (first.kind === second.kind) return trend;
  return { ...trend, fixedEdgesScore: fixedEdgesScore(first, second) };
}

function fixedEdgesScore(
  { fixedCodes: first }: ComparedVariable,
  { fixedCodes: second }: ComparedVariable,
): Score {
  return contingencySimilarity(
    contingencyTable({ first: first.real, second: second.real }),
    contingencyTable({ first: first.synthetic, second: second.synthetic }),
  );
}

/** Pairs whose real columns go together no more than this do not count; 0 lets all count. */
export interface TrendThresholds {
  readonly correlation: number;
  readonly association: number;
}

/** SDMetrics since 0.27, and before. Figures published before 2026 are of the second kind. */
export const trendThresholds = {
  default: { correlation: 0.5, association: 0.3 },
  zero: { correlation: 0, association: 0 },
} as const satisfies Record<string, TrendThresholds>;

export type MixedEdges = 'own' | 'fixed';

/** What the trend contributes under a threshold. */
export function thresholdedScore(
  trend: PairTrend,
  thresholds: TrendThresholds,
  mixedEdges: MixedEdges = 'own',
): Score {
  if (trend.score.value === null) return trend.score;
  if (!meetsThreshold(trend, thresholds))
    return noScore('The real columns hardly go together, so the pair does not count.');
  if (trend.measure === 'ContingencySimilarity' && mixedEdges === 'fixed')
    return trend.fixedEdgesScore ?? trend.score;
  return trend.score;
}

/** Whether the real columns go together more than the threshold; with threshold 0 they always do. */
export function meetsThreshold(trend: PairTrend, thresholds: TrendThresholds): boolean {
  if (trend.measure === 'CorrelationSimilarity') {
    return thresholds.correlation <= 0 || Math.abs(trend.realCorrelation ?? 0) > thresholds.correlation;
  }
  return thresholds.association <= 0 || (trend.realAssociation ?? 0) > thresholds.association;
}
