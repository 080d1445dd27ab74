import { countText } from '../../figure.js';
import type { Compared } from '../compared/compared.js';
import { outlyingRows } from '../compared/outlying-rows.js';
import { privacyMeasure } from '../privacy-measure.js';
import { hypergeometricBound } from '../statistics/hypergeometric-bound.js';

const share = 0.01;
const outliersMin = 10;
const falseAlarm = 0.0005;

/**
 * How many more of the 1 % most outlying people learned from have a synthetic row beside them than chance explains,
 * chance being the outliers never seen (Fisher's exact test). Beside: nearer than 99 % of people never seen have one,
 * or half as far as the nearest real person of the other half.
 */
export const outliersReproduced = privacyMeasure({
  name: 'outliers-reproduced',
  title: 'Outlying people are not reproduced',
  version: '1',
  async find(compared) {
    const count = Math.max(outliersMin, Math.round(share * compared.sampled.train.rowCount));
    const reach = await usualReach(compared);
    const train = await reproduced(compared, 'train', count, reach);
    const holdout = await reproduced(compared, 'holdout', count, reach);
    const bound = hypergeometricBound({ all: 2 * count, marked: count, drawn: train + holdout }, falseAlarm);
    const beyond = Math.max(0, train - bound);
    const explanation =
      `${countText(train)} of the ${countText(count)} most unusual people learned from have a synthetic row right ` +
      `beside them; of as many unusual people never seen ${countText(holdout)} have. ` +
      (beyond > 0
        ? `That is ${countText(beyond)} more than chance explains.`
        : `Chance explains up to ${countText(bound)}.`);
    return { value: beyond, explanation };
  },
});

async function usualReach(compared: Compared): Promise<number> {
  const sorted = (await compared.nearest('holdout', 'candidate', 1)).distances.toSorted();
  return sorted[Math.floor(share * sorted.length)] ?? 0;
}

async function reproduced(
  compared: Compared,
  name: 'train' | 'holdout',
  count: number,
  reach: number,
): Promise<number> {
  const toSynthetic = await compared.nearest(name, 'candidate', 1);
  const toOthers = await compared.nearest(name, name === 'train' ? 'holdout' : 'train', 1);
  const rows = await outlyingRows(compared, name, count);
  return rows.filter((row) => {
    const distance = toSynthetic.distances[row] ?? Infinity;
    return distance <= Math.max(reach, (toOthers.distances[row] ?? 0) / 2);
  }).length;
}
