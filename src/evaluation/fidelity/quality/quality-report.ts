import { meanScore, noScore } from '../../score.js';
import type { Score } from '../../score.js';
import { shapeSimilarity } from '../columns/shape.js';
import type { ComparedVariable } from './compared-variable.js';
import { pairTrend, thresholdedScore } from './pair-trend.js';
import type { MixedEdges, PairTrend, TrendThresholds } from './pair-trend.js';

export interface ColumnShape {
  readonly column: string;
  readonly measure: 'KSComplement' | 'TVComplement';
  readonly score: Score;
}

/** KSComplement or TVComplement of each column. */
export function columnShapes(variables: readonly ComparedVariable[]): ColumnShape[] {
  return variables.map(({ name, kind, real, synthetic }) => ({
    column: name,
    measure: kind === 'continuous' ? 'KSComplement' : 'TVComplement',
    score: shapeSimilarity(real, synthetic),
  }));
}

/** Every pair of columns once, in column order. */
export function pairTrends(variables: readonly ComparedVariable[], signal?: AbortSignal): PairTrend[] {
  return variables.flatMap((first, index) => {
    signal?.throwIfAborted();
    return variables.slice(index + 1).map((second) => pairTrend(first, second));
  });
}

export interface QualityRule {
  readonly thresholds: TrendThresholds;
  readonly mixedEdges: MixedEdges;
}

/** The mean of the pairs that count; none is a missing score, which the report leaves out of its mean. */
export function trendsScore(trends: readonly PairTrend[], { thresholds, mixedEdges }: QualityRule): Score {
  const scores = trends.map((trend) => thresholdedScore(trend, thresholds, mixedEdges));
  return meanScore(scores, 'No pair of columns goes together enough to be compared.');
}

export function shapesScore(shapes: readonly ColumnShape[]): Score {
  return meanScore(
    shapes.map(({ score }) => score),
    'No column could be compared.',
  );
}

/** Score of an SDMetrics 0.29 report: the mean of its properties that exist. */
export function reportScore(properties: readonly Score[]): Score {
  if (properties.length === 0) return noScore('The report has no property.');
  return meanScore(properties, 'No part of the report could be computed.');
}
