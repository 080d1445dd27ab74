import type { PairTrend } from '../fidelity/quality/pair-trend.js';
import type { Association } from '../fidelity/similarity/associations.js';
import { noScore } from '../score.js';
import type { Score } from '../score.js';
import type { EvaluationPolicy } from './evaluation-policy.js';
import type { PairVerdict } from './report.js';
import { figureOf, gradeOf } from './usability.js';

/** Each pair of columns of a table: may the two be analysed together, and why. `trends` and `associations` are in one order. */
export function pairVerdicts(
  table: string,
  trends: readonly PairTrend[],
  associations: readonly Association[],
  { pairs }: EvaluationPolicy,
): PairVerdict[] {
  return trends.map((trend, at) => {
    const association = associations[at];
    const grade = gradeOf([
      {
        name: trend.measure,
        words: 'the agreement of how the two columns go together',
        score: strictScore(trend),
        threshold: pairs.trend,
      },
      {
        name: 'association agreement',
        words: 'the agreement of the strength of their association',
        score: agreement(association),
        threshold: pairs.association,
      },
    ]);
    const strengths = association
      ? (['real', 'synthetic'] as const).map((side) => ({
          name: `${association.kind}, ${side}`,
          ...figureOf(strength(association[side])),
        }))
      : [];
    const ownEdges =
      trend.measure === 'ContingencySimilarity' && trend.fixedEdgesScore
        ? [{ name: 'ContingencySimilarity, own edges', ...figureOf(trend.score) }]
        : [];
    return {
      table,
      columns: trend.columns,
      ...grade,
      figures: [...grade.figures, ...ownEdges, ...strengths],
    };
  });
}

/** With the real bins where there are two ways to cut: the other way does not see a shift. */
function strictScore(trend: PairTrend): Score {
  return trend.measure === 'ContingencySimilarity' ? (trend.fixedEdgesScore ?? trend.score) : trend.score;
}

function strength(value: number | null): Score {
  return value === null ? noScore('A column of the pair does not vary.') : { value };
}

/** 1 less the difference (half of it for correlations, which span 2). */
function agreement(association: Association | undefined): Score {
  const { real = null, synthetic = null } = association ?? {};
  if (real === null || synthetic === null)
    return noScore('A column of the pair does not vary in one of the tables.');
  const span = association?.kind === 'correlation' ? 2 : 1;
  return { value: 1 - Math.abs(real - synthetic) / span };
}
