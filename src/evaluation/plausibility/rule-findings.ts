import { disclosedCount } from '../../core/profile/disclosed-count.js';
import type { ColumnSource } from '../../core/table/column-source.js';
import { sourceOf } from '../context-parts.js';
import type { EvaluationContext } from '../evaluation-context.js';
import { NotComputableError } from '../not-computable-error.js';
import { roundingOf } from '../published-rounding.js';
import { onceAContext } from '../once-a-context.js';
import { PlausibilityRuleError } from './plausibility-rule-error.js';
import type { PlausibilityRule } from './rule.js';
import { ruleReader } from './rule-check.js';
import type { RuleFinding } from './rule-check.js';

interface CheckedRule {
  readonly rule: PlausibilityRule;
  /** Real counts as they may be published: rounded, and 0 under the floor. */
  readonly real: RuleFinding;
  readonly synthetic: RuleFinding;
}

export interface CheckedRules {
  readonly rules: readonly CheckedRule[];
  /** Synthetic rows that violate at least one rule, and all of them. */
  readonly violating: number;
  readonly rows: number;
}

/** Every declared rule over all rows of the source and of the candidate. */
export const checkedRules = onceAContext(async (context: EvaluationContext): Promise<CheckedRules> => {
  const declared = context.declared?.rules ?? [];
  if (declared.length === 0) throw new NotComputableError('No rules are declared.');
  const { candidate, signal } = context;
  const isViolated = new Uint8Array(candidate.rowCount);
  const rules: CheckedRule[] = [];
  for (const rule of declared) {
    signal?.throwIfAborted();
    const real = published(await findingOf(sourceOf(context), rule), roundingOf(context));
    const synthetic = await findingOf(candidate, rule, isViolated);
    rules.push({ rule, real, synthetic });
  }
  const violating = isViolated.reduce((sum, one) => sum + one, 0);
  return { rules, violating, rows: candidate.rowCount };
});

function published(
  { applicable, violations }: RuleFinding,
  rounding: ReturnType<typeof roundingOf>,
): RuleFinding {
  return {
    applicable: disclosedCount(applicable, rounding),
    violations: disclosedCount(violations, rounding),
  };
}

async function findingOf(
  table: ColumnSource,
  rule: PlausibilityRule,
  isViolated = new Uint8Array(table.rowCount),
): Promise<RuleFinding> {
  let [applicable, violations] = [0, 0];
  const keeps = await readerOf(table, rule);
  for (let row = 0; row < table.rowCount; row += 1) {
    const verdict = keeps(row);
    if (verdict === null) continue;
    applicable += 1;
    if (verdict) continue;
    violations += 1;
    isViolated[row] = 1;
  }
  return { applicable, violations };
}

/** A rule about a column that is not there holds no source value, so people may read why it cannot be checked. */
async function readerOf(table: ColumnSource, rule: PlausibilityRule): ReturnType<typeof ruleReader> {
  try {
    return await ruleReader(table, rule);
  } catch (error) {
    if (error instanceof PlausibilityRuleError) throw new NotComputableError(error.message);
    throw error;
  }
}
