import { figureText } from '../../figure.js';
import type { Compared } from '../compared/compared.js';
import { distinctRows } from '../compared/distinct-rows.js';
import type { MixedTable } from '../compared/mixed-table.js';
import { privacyMeasure } from '../privacy-measure.js';
import type { PrivacyFinding } from '../privacy-measure.js';
import { judgeAttack } from './judged-attack.js';
import { multivariateQueries, univariateQueries } from './make-queries.js';
import { singledOut } from './query.js';
import type { Query } from './query.js';
import { singlingOutChance } from './singling-out-chance.js';
import { tieOrder } from './tie-order.js';

const attacksMax = 1000;
/** Upstream's default of columns a query speaks of; fewer attempts than its 10 million, which matter in large tables. */
const multivariate = { columnsPerQuery: 3, attemptsMax: 20_000 };

/** Anonymeter's univariate singling-out attack. The value is the lower end of the risk's interval. */
export const singlingOutUnivariate = privacyMeasure({
  name: 'singling-out-univariate',
  title: 'No one is singled out by one value',
  version: '1',
  find(compared) {
    const synthetic = distinctRows(compared.sampled.candidate);
    const queries = univariateQueries(compared.columns, synthetic);
    const order = tieOrder(queries.length, compared.random.fork('univariate queries'));
    const chosen = queries.filter((_, place) => (order[place] ?? 0) < attacksMax);
    return judge(compared, chosen, 'a single value that only one synthetic row has');
  },
});

/** Anonymeter's multivariate singling-out attack. The value is the lower end of the risk's interval. */
export const singlingOutMultivariate = privacyMeasure({
  name: 'singling-out-multivariate',
  title: 'No one is singled out by a combination of values',
  version: '1',
  find(compared) {
    const synthetic = distinctRows(compared.sampled.candidate);
    const wanted = { ...multivariate, queries: attacksMax };
    const random = compared.random.fork('multivariate queries');
    const queries = multivariateQueries(compared.columns, synthetic, wanted, random);
    return judge(compared, queries, 'a combination of values that only one synthetic row has');
  },
});

/** Every attack that was made counts, and no other: upstream divides by the number it wanted. */
function judge({ sampled }: Compared, queries: readonly Query[], what: string): PrivacyFinding {
  if (queries.length === 0)
    return { value: 0, explanation: `There is not ${what}, so nobody can be singled out by one.` };
  const [train, holdout] = [distinctRows(sampled.train), distinctRows(sampled.holdout)];
  const counts = { onTrain: singledOut(train, queries), onHoldout: singledOut(holdout, queries) };
  const { interval, figures } = judgeAttack({ ...counts, attacks: queries.length });
  const explanation =
    `Each attempt takes ${what} and bets that exactly one real person has it. ${figures} ` + blindText(train);
  return { value: interval.low, interval, explanation };
}

function blindText({ rowCount }: MixedTable): string {
  const chance = 100 * singlingOutChance(rowCount, 0, 1);
  return `A blind bet would succeed in ${figureText(chance)} % of attempts.`;
}
