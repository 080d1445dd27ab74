import type { EvaluationContext } from '../evaluation-context.js';
import { percentText } from '../figure.js';
import type { Measure, MeasureDescription, Measurement } from '../measure.js';
import { NotComputableError } from '../not-computable-error.js';
import { onceAContext } from '../once-a-context.js';
import { roundingOf } from '../published-rounding.js';
import { scoreText } from '../utility/utility-measure.js';
import { whyNoTask } from '../utility/utility.js';
import { compareGroups } from './compared-groups.js';
import type { ComparedGroup } from './compared-groups.js';
import { groupUtility } from './group-utility.js';

/** The likeness of smaller groups is mostly chance. */
const judgedRowsMin = 30;

export const groupsOfContext = onceAContext((context) => compareGroups(context, roundingOf(context)));
export const groupUtilityOf = onceAContext((context) =>
  groupUtility(context, roundingOf(context).cellCountMin),
);

const source = 'Subgroups by declared columns; groups under the smallest cell are joined';

interface GroupCheck extends Pick<MeasureDescription, 'range' | 'meaning'> {
  readonly name: string;
  readonly title: string;
  readonly direction: Measure['direction'];
  readonly needsTarget?: boolean;
  readonly find: (
    context: EvaluationContext,
  ) => Promise<Pick<Measurement, 'value' | 'interval' | 'explanation'>>;
}

function groupMeasure({
  name,
  title,
  direction,
  range,
  meaning,
  needsTarget = false,
  find,
}: GroupCheck): Measure {
  return {
    ...{ name, title, direction },
    description: { section: 'groups of people', range, meaning, source },
    async whyNotAsked(context) {
      if ((context.declared?.protectedColumns ?? []).length === 0)
        return 'No column is declared that says which group a record is about.';
      return needsTarget ? whyNoTask(context) : null;
    },
    run: async (context) => ({ ...(await find(context)), direction }),
  };
}

/** How many times a group's share is off: below 1 whether it is too small or too large. */
export function representation({ realShare, syntheticShare }: ComparedGroup): number {
  if (realShare === 0) return 1;
  return Math.min(syntheticShare / realShare, realShare / syntheticShare);
}

/** Whether the data do as well by each group of people as by all together. */
export const groupMeasures: readonly Measure[] = [
  groupMeasure({
    name: 'group-representation',
    title: 'Size of groups',
    direction: 'higher',
    range: '0 to 1',
    meaning:
      'Of the group of people that is represented worst, how its share in the synthetic data stands to its real share; 1 is the same, 0.5 half or twice as many.',
    async find(context) {
      const [worst] = (await groupsOfContext(context)).sort(
        (one, other) => representation(one) - representation(other),
      );
      if (!worst) throw new NotComputableError('There is no group.');
      const { column, group, realShare, syntheticShare } = worst;
      return {
        value: representation(worst),
        ...withInterval(worst),
        explanation: `The group whose size is furthest off is "${group}" of ${column}: ${percentText(syntheticShare)} of the synthetic records and about ${percentText(realShare)} of the real ones.`,
      };
    },
  }),
  groupMeasure({
    name: 'group-fidelity',
    title: 'Likeness within groups',
    direction: 'higher',
    range: '0 to 1',
    meaning:
      'How much the columns of the group of people that is drawn worst are spread as in that group of the real data, on average; of groups of 30 records and more.',
    async find(context) {
      const judged = (await groupsOfContext(context)).filter(({ real }) => real >= judgedRowsMin);
      // A group without a synthetic record has no likeness at all.
      const [worst] = judged.sort((one, other) => (one.fidelity.value ?? 0) - (other.fidelity.value ?? 0));
      if (!worst) throw new NotComputableError(`No group has ${judgedRowsMin} real records.`);
      const { column, group, fidelity } = worst;
      return {
        value: fidelity.value ?? 0,
        explanation: `The group drawn worst is "${group}" of ${column}: its columns are ${percentText(fidelity.value ?? 0)} alike on average.`,
      };
    },
  }),
  groupMeasure({
    name: 'group-tstr-loss',
    title: 'Use in models within groups',
    direction: 'lower',
    needsTarget: true,
    range: '-1 to 1 (AUC), -1 and more (share of error)',
    meaning:
      'How much worse a model does by the group of people it serves worst when it learned from synthetic records: AUC lost, or share of error added.',
    async find(context) {
      const found = (await groupUtilityOf(context)).filter(({ loss }) => loss.value !== null);
      const [worst] = found.sort((one, other) => (other.loss.value ?? 0) - (one.loss.value ?? 0));
      if (worst?.loss.value === undefined || worst.loss.value === null)
        throw new NotComputableError('No group could be judged.');
      const { column, group, loss, real, synthetic } = worst;
      return {
        value: loss.value,
        ...(loss.interval ? { interval: loss.interval } : {}),
        explanation: `By people of the group "${group}" of ${column} gradient boosting loses most when it learns from synthetic data: ${scoreText(synthetic)} instead of ${scoreText(real)}, a loss of ${scoreText(loss)}.`,
      };
    },
  }),
];

/** Of the ratio of two shares, by the normal law of its logarithm (Katz et al. 1978, Biometrics 34). */
function withInterval(worst: ComparedGroup): Pick<Measurement, 'interval'> {
  const { real, synthetic } = worst;
  if (real === 0 || synthetic === 0) return {};
  const width = Math.exp(1.96 * Math.sqrt(1 / real + 1 / synthetic));
  const value = representation(worst);
  return { interval: { low: value / width, high: Math.min(1, value * width), level: 0.95 } };
}
