import { percentText } from '../../figure.js';
import { privacyMeasure } from '../privacy-measure.js';
import { gowerSpace } from './gower.js';
import { judgeAttack } from './judged-attack.js';
import { linkedPeople } from './linkability-attack.js';
import { tieOrder } from './tie-order.js';

const attacksMax = 500;

/**
 * Anonymeter's linkability attack: two parties who each know half of the columns look up the synthetic row nearest to
 * what they know; if it is the same row, it links them. The value is the lower end of the risk's interval.
 */
export const linkability = privacyMeasure({
  name: 'linkability',
  title: 'Two halves of a record cannot be linked',
  version: '1',
  find({ columns, sampled, random }) {
    if (columns.length < 2)
      return { value: 0, explanation: 'With one column there are no two parts to link.' };
    const stream = random.fork('linkability');
    const shuffled = [...tieOrder(columns.length, stream.fork('columns'))];
    const known = [shuffled.slice(0, columns.length >> 1), shuffled.slice(columns.length >> 1)] as const;
    const rows = sampled.candidate.rowCount;
    const orders = [tieOrder(rows, stream.fork('first')), tieOrder(rows, stream.fork('second'))] as const;
    const attacks = Math.min(attacksMax, sampled.train.rowCount);
    const [onTrain, onHoldout] = [sampled.train, sampled.holdout].map((people) => {
      const space = gowerSpace(columns, people, sampled.candidate);
      return linkedPeople({ space, known, neighbours: 1, orders, attacks });
    });
    const counts = { onTrain: onTrain ?? NaN, onHoldout: onHoldout ?? NaN, attacks };
    const { interval, figures } = judgeAttack(counts);
    const explanation =
      `Two parties, each knowing half of the columns of a person, look for the nearest synthetic row and win when it ` +
      `is the same. ${figures} By chance it would be the same for ${percentText(1 / rows)}.`;
    return { value: interval.low, interval, explanation };
  },
});
