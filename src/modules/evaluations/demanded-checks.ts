import type { Declared } from '../../evaluation/declared.js';
import type { EvaluationContext } from '../../evaluation/evaluation-context.js';
import type { MeasureSection } from '../../evaluation/measure.js';
import { declaredMeasures } from '../../evaluation/registry.js';
import type { TierThresholds } from '../policy/index.js';

type Demanded = TierThresholds['checks'];

/**
 * What a candidate has to meet: every check of its tier, and those that look at what its request declares. A check of
 * another kind of target than the one declared is not asked; whatever else keeps a check from its figure fails it.
 */
export async function demandedChecks(
  { checks, declaredChecks }: Pick<TierThresholds, 'checks' | 'declaredChecks'>,
  context: EvaluationContext,
): Promise<Demanded> {
  const wanted: Record<string, Demanded[string]> = { ...checks };
  // Without held-out rows nothing about models can be tested: then the check itself fails, and says so.
  const asked = { ...context, holdout: context.holdout ?? context.candidate };
  for (const [name, threshold] of mayBeDemanded(declaredChecks, context.declared ?? {})) {
    const measure = declaredMeasures.find((one) => one.name === name);
    const why = (await measure?.whyNotAsked?.(context.holdout ? context : asked)) ?? null;
    if (why === null) wanted[name] = threshold;
  }
  return wanted;
}

/** As far as it can be told without looking at any row: what stands as failed when the checks do not run at all. */
export function namesDemanded(
  { checks, declaredChecks }: Pick<TierThresholds, 'checks' | 'declaredChecks'>,
  declared: Declared,
): string[] {
  return [...Object.keys(checks), ...mayBeDemanded(declaredChecks, declared).map(([name]) => name)];
}

function mayBeDemanded(checks: Demanded, declared: Declared): [string, Demanded[string]][] {
  return Object.entries(checks).filter(([name]) => {
    const section = declaredMeasures.find((one) => one.name === name)?.description?.section;
    return section !== undefined && isDeclared[section](declared);
  });
}

const isDeclared: Readonly<Record<MeasureSection, (declared: Declared) => boolean>> = {
  'use in models': ({ target }) => target !== undefined,
  'groups of people': ({ protectedColumns = [] }) => protectedColumns.length > 0,
  'clinical sense': ({ rules = [] }) => rules.length > 0,
  // A release has one table.
  'related tables': () => false,
};
