import type { Check } from '../check.js';
import type { EvaluationPolicy } from './evaluation-policy.js';
import type { ReportFigure, ReportLimit } from './report.js';

/** The thresholds behind the verdicts of a report, each once, with their reasons. */
export function limitsOf(
  figures: readonly ReportFigure[],
  checks: readonly Check[],
  policy: EvaluationPolicy,
): ReportLimit[] {
  const ofChecks = new Map(checks.map(({ name, threshold }) => [name, threshold]));
  const judged = new Map(
    figures.flatMap(({ name, threshold, direction }) =>
      threshold ? [[name, { threshold, direction }]] : [],
    ),
  );
  const ofFigures = [...judged].map(([name, { threshold, direction }]): ReportLimit => {
    const argued = Object.hasOwn(policy.measures, name) ? policy.measures[name] : ofChecks.get(name);
    const reason = argued?.reason ?? 'The policy gives no reason.';
    return { of: 'figure', name, direction, pass: threshold.pass, fail: threshold.fail, reason };
  });
  const part = (of: 'column' | 'pair', limits: EvaluationPolicy['columns' | 'pairs']): ReportLimit[] =>
    Object.entries(limits).map(([name, { pass, fail, reason }]) => ({
      ...{ of, name, direction: 'higher', pass, fail, reason },
    }));
  return [...ofFigures, ...part('column', policy.columns), ...part('pair', policy.pairs)];
}
