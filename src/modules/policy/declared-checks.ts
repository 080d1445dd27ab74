import type { MeasureSection } from '../../evaluation/measure.js';
import { declaredMeasures } from '../../evaluation/registry.js';
import type { Tier } from '../../generators/generator.js';
import type { CheckPolicy, Policy } from './policy.js';

/** Which kinds of declared use the policy has a check for in a tier. */
export function sectionsMeasured({ thresholds }: Policy, tier: Tier): MeasureSection[] {
  const checks = thresholds[tier]?.declaredChecks ?? {};
  const sections = declaredMeasures.flatMap(({ name, description }) =>
    description && Object.hasOwn(checks, name) ? [description.section] : [],
  );
  return [...new Set(sections)];
}

/** The checks that every candidate of the tier has to meet; of lives that are simulated by rules, other ones. */
export function checksNeeded({ thresholds, rules }: Policy, tier: Tier, isByRules: boolean): string[] {
  return Object.keys(isByRules ? rules.checks : (thresholds[tier]?.checks ?? {}));
}

/** What the policy says of every check that a candidate of the tier may meet. */
export function checkPolicies({ thresholds }: Policy, tier: Tier): Readonly<Record<string, CheckPolicy>> {
  return { ...thresholds[tier]?.checks, ...thresholds[tier]?.declaredChecks };
}
