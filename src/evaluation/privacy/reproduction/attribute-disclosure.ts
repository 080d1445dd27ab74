import { percentText, plural } from '../../figure.js';
import { NotComputableError } from '../../not-computable-error.js';
import type { Compared } from '../compared/compared.js';
import { privacyMeasure } from '../privacy-measure.js';
import { excessOf } from '../statistics/excess.js';
import type { Excess } from '../statistics/excess.js';
import { binTables, drawKeySets, keysOf } from './key-sets.js';
import type { BinnedTables } from './key-sets.js';

const searched = { sets: 8, width: 3 };

/**
 * DiSCO (synthpop, SDNist) for each column as the sensitive one: three other values of a person are known, all
 * synthetic rows with them agree on the sensitive value, and it is right. The worst column, beyond people never seen.
 */
export const attributeDisclosure = privacyMeasure({
  name: 'attribute-disclosure',
  title: 'Agreeing synthetic rows do not disclose a value',
  version: '1',
  find(compared) {
    const { columns } = compared;
    if (columns.length < 2)
      return { value: 0, explanation: 'With one column there is nothing to disclose it by.' };
    const binned = binTables(compared);
    const found = columns.map(({ name }, sensitive) => ({ name, ...disclosed(compared, binned, sensitive) }));
    const worst = found.toSorted((a, b) => b.interval.low - a.interval.low)[0];
    if (!worst) throw new NotComputableError('No column was asked for.');
    const explanation =
      `Three values of a person are known, every synthetic row with them has the same value in one more column, and ` +
      `that is the person's. Of ${plural(columns.length, 'column')} the worst is ${worst.name}: ` +
      `${percentText(worst.train)} of people learned from, ${percentText(worst.holdout)} of people never seen.`;
    return { value: Math.max(0, worst.interval.low), interval: worst.interval, explanation };
  },
});

function disclosed(compared: Compared, binned: BinnedTables, sensitive: number): Excess {
  const sets = drawKeySets(compared, { ...searched, without: sensitive });
  const rows = compared.sampled.train.rowCount;
  const scores = { train: new Float64Array(rows), holdout: new Float64Array(rows) };
  for (const chosen of sets) {
    const agreed = agreedValues(binned, chosen, sensitive);
    for (const name of ['train', 'holdout'] as const) {
      const truth = binned.cells[name][sensitive];
      keysOf(binned, name, chosen).forEach((key, row) => {
        if (agreed.get(key) === truth?.[row]) scores[name][row] = (scores[name][row] ?? 0) + 1 / sets.length;
      });
    }
  }
  return excessOf(scores.train, scores.holdout, compared.columns.length);
}

const disagree = -1;

/** For each combination in the candidate its one sensitive value, or that there are several. */
function agreedValues(
  binned: BinnedTables,
  chosen: readonly number[],
  sensitive: number,
): Map<number, number> {
  const agreed = new Map<number, number>();
  const values = binned.cells.candidate[sensitive];
  keysOf(binned, 'candidate', chosen).forEach((key, row) => {
    const value = values?.[row] ?? disagree;
    agreed.set(key, (agreed.get(key) ?? value) === value ? value : disagree);
  });
  return agreed;
}
