import { countText, plural } from '../../figure.js';
import { chanceBound } from '../chance-bound.js';
import { privacyMeasure } from '../privacy-measure.js';
import { sharedRows } from './shared-rows.js';
import type { SharedRows } from './shared-rows.js';

/** Columns depend on each other, so more matches than by independent columns are allowed for: this many times more. */
const dependence = 100;

/**
 * How many more records learned from reappear in full than chance explains, chance being what reappears of records
 * never seen (UCLH framework 5.3: a chance match is no breach). Each distinct synthetic row that equals a record of one
 * half alone falls on either half like a coin, weighted by how many distinct records each half has; the 99.9 %
 * quantile of that binomial law is the bound. In tables where no two real people are alike it would take ten copies to
 * pass that bound; there a hundred times the matches that independent columns would give are the chance, but never less
 * than one.
 */
export const exactCopiesAboveHoldout = privacyMeasure({
  name: 'exact-copies-above-holdout',
  title: 'Copies of records learned from, beyond those of records never seen',
  version: '1',
  find(compared) {
    const shared = sharedRows(compared);
    const { train, holdout } = reappearing(shared);
    const { distinct } = shared;
    const bound = chanceOf(shared, train, holdout, compared.whole.candidate.rowCount);
    const beyond = Math.max(0, train - bound);
    const explanation =
      `${countText(train)} of ${plural(distinct.train, 'distinct record')} learned from reappear in full as a synthetic ` +
      `row, and ${countText(holdout)} of ${plural(distinct.holdout, 'record')} never seen do so by chance. ` +
      (beyond > 0
        ? `That is ${countText(beyond)} more than chance explains: they may be copies.`
        : `Chance explains up to ${countText(bound)}, so there is no sign of copied records.`);
    return { value: beyond, explanation };
  },
});

/** The most matches with training records that chance explains. */
function chanceOf(shared: SharedRows, train: number, holdout: number, rows: number): number {
  const { distinct, realPairs, expectedIfIndependent } = shared;
  const probability = distinct.train / (distinct.train + distinct.holdout);
  const byHoldout = chanceBound({ trials: train + holdout, probability });
  if (realPairs + holdout > 0) return byHoldout;
  const expected = Math.min(1, (dependence * expectedIfIndependent) / rows);
  return Math.min(byHoldout, Math.max(1, chanceBound({ trials: rows, probability: expected })));
}

/** Distinct synthetic rows that equal a record of one half and none of the other. */
function reappearing({ inTrain, inHoldout, kinds }: SharedRows): { train: number; holdout: number } {
  const seen = new Set<number>();
  const found = { train: 0, holdout: 0 };
  kinds.forEach((kind, row) => {
    if (seen.has(kind) || inTrain[row] === inHoldout[row]) return;
    seen.add(kind);
    if (inTrain[row] === 1) found.train++;
    else found.holdout++;
  });
  return found;
}
