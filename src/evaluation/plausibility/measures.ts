import type { EvaluationContext } from '../evaluation-context.js';
import { countText, percentText, plural } from '../figure.js';
import type { Measure, Measurement } from '../measure.js';
import { wilsonInterval } from '../wilson-interval.js';
import { NotComputableError } from '../not-computable-error.js';
import { checkedRules } from './rule-findings.js';
import type { RuleFinding } from './rule-check.js';

const description = {
  section: 'clinical sense',
  range: '0 to 1',
  source: 'Rules declared for the data (implication, order, range, pairs)',
} as const;

const whyNotAsked = ({ declared }: EvaluationContext): Promise<string | null> =>
  Promise.resolve((declared?.rules ?? []).length > 0 ? null : 'No rules are declared.');

/** The share of the rows a rule is about that violate it; 0 when it is about none. */
function violationShare({ applicable, violations }: RuleFinding): number {
  return applicable === 0 ? 0 : violations / applicable;
}

/** Whether the records make clinical sense by the declared rules. */
export const plausibilityMeasures: readonly Measure[] = [
  {
    name: 'rule-violations',
    title: 'Records against a clinical rule',
    direction: 'lower',
    description: {
      ...description,
      meaning: 'The share of synthetic records that break at least one of the declared clinical rules.',
    },
    whyNotAsked,
    async run(context: EvaluationContext): Promise<Measurement> {
      const { rules, violating, rows } = await checkedRules(context);
      if (rows === 0) throw new NotComputableError('There is no synthetic record.');
      const broken = rules.filter(({ synthetic }) => synthetic.violations > 0).length;
      return {
        value: violating / rows,
        direction: 'lower',
        interval: wilsonInterval(violating, rows),
        explanation: `${countText(violating)} of ${plural(rows, 'synthetic record')} (${percentText(violating / rows)}) break at least one of ${plural(rules.length, 'clinical rule')}; ${plural(broken, 'rule')} broken by any record.`,
      };
    },
  },
  {
    name: 'rule-violations-excess',
    title: 'Clinical rules broken more often than in the real data',
    direction: 'lower',
    description: {
      ...description,
      range: '-1 to 1',
      meaning:
        'Of the clinical rule that fares worst, how much larger the share of records that break it is in the synthetic than in the real data, of the records it is about.',
    },
    whyNotAsked,
    async run(context: EvaluationContext): Promise<Measurement> {
      const { rules } = await checkedRules(context);
      const about = rules.filter(({ synthetic }) => synthetic.applicable > 0);
      const [worst] = about
        .map(({ rule, real, synthetic }) => ({
          rule,
          excess: violationShare(synthetic) - violationShare(real),
          synthetic,
        }))
        .sort((one, other) => other.excess - one.excess);
      if (!worst) throw new NotComputableError('No rule is about any synthetic record.');
      return {
        value: worst.excess,
        direction: 'lower',
        explanation: `The rule that fares worst beside the real data is "${worst.rule.name}": ${percentText(violationShare(worst.synthetic))} of the synthetic records it is about break it.`,
      };
    },
  },
];
