import { plural } from '../../figure.js';
import { NotComputableError } from '../../not-computable-error.js';
import type { Compared } from '../compared/compared.js';
import { noCells } from '../compared/mixed-table.js';
import type { MixedTable } from '../compared/mixed-table.js';
import { privacyMeasure } from '../privacy-measure.js';
import { mean, variance } from '../statistics/rank-curve.js';
import { gowerSpace } from './gower.js';
import { inferredSecrets } from './inference-attack.js';
import { judgeAttack } from './judged-attack.js';
import { tieOrder } from './tie-order.js';

const attacksMax = 500;
/** Columns that are tried as the secret; wider tables try some drawn at random. */
const secretsMax = 40;

/**
 * Anonymeter's inference attack: everything but one value of a person is known, and the nearest synthetic row is asked
 * for it. The worst column; the value is the lower end of its risk's interval.
 */
export const inference = privacyMeasure({
  name: 'inference',
  title: 'A secret value of a person cannot be inferred',
  version: '1',
  find(compared) {
    const { columns, sampled, random, allColumns } = compared;
    if (columns.length < 2)
      return { value: 0, explanation: 'With one column there is nothing to infer it from.' };
    const stream = random.fork('inference');
    const places = tieOrder(columns.length, stream.fork('secrets'));
    const secrets = allColumns.filter((at) => (places[at] ?? 0) < secretsMax);
    const order = tieOrder(sampled.candidate.rowCount, stream.fork('ties'));
    const attacks = Math.min(attacksMax, sampled.train.rowCount);
    const dateTolerances = tolerancesOf(compared);
    const attack = (people: MixedTable): number[] => {
      const space = gowerSpace(columns, people, sampled.candidate);
      return inferredSecrets({ space, chosen: allColumns, secrets, order, attacks, dateTolerances });
    };
    const [onTrain, onHoldout] = [attack(sampled.train), attack(sampled.holdout)];
    const judged = secrets.map((secret, at) => {
      const counts = { onTrain: onTrain[at] ?? NaN, onHoldout: onHoldout[at] ?? NaN, attacks };
      const name = columns[secret]?.name ?? '';
      return { name, ...judgeAttack({ ...counts, looks: secrets.length }) };
    });
    const worst = judged.toSorted((a, b) => b.interval.low - a.interval.low || b.risk - a.risk)[0];
    if (!worst) throw new NotComputableError('No column was asked for.');
    const explanation =
      `All but one value of a person is known and the nearest synthetic row is asked for it, for ` +
      `${plural(secrets.length, 'column')} in turn. The worst is ${worst.name}. ${worst.figures}`;
    return { value: worst.interval.low, interval: worst.interval, explanation };
  },
});

/** A date is guessed when it is within 5 % of a standard deviation of its column. */
function tolerancesOf({ columns, sampled }: Compared): Float64Array {
  return Float64Array.from(columns, ({ kind }, at) => {
    const present = (sampled.train.cells[at] ?? noCells).filter((cell) => !Number.isNaN(cell));
    return kind === 'date' && present.length > 1 && Number.isFinite(mean(present))
      ? 0.05 * Math.sqrt(variance(present))
      : 0;
  });
}
