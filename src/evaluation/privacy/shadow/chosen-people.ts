import { selectRows } from '../../../core/table/select-rows.js';
import type { ColumnSource } from '../../../core/table/column-source.js';
import { sourceOf } from '../../context-parts.js';
import type { EvaluationContext, Refit } from '../../evaluation-context.js';
import { countText, percentText } from '../../figure.js';
import { NotComputableError } from '../../not-computable-error.js';
import { tieOrder } from '../anonymeter/tie-order.js';
import type { Compared } from '../compared/compared.js';
import { approachedRows, extremeRows, outlyingRows } from '../compared/outlying-rows.js';
import { readMixedTables } from '../compared/read-mixed-tables.js';
import { privacyMeasure } from '../privacy-measure.js';
import type { PrivacyFinding } from '../privacy-measure.js';
import { errorsWide, intervalLevel } from '../statistics/levels.js';
import { rankCurve } from '../statistics/rank-curve.js';
import type { RankCurve } from '../statistics/rank-curve.js';
import { crossScores } from './discriminant.js';
import { targetFeatures } from './target-features.js';

/** Of each kind: isolated, extreme, unusually near to a synthetic row, and drawn at random. */
const targetsPerKind = 10;
const people = 4 * targetsPerKind;
const shadows = 100;
/** People that shadow tables are drawn from, half of them each time. */
const poolMax = 1000;

/**
 * Shadow models: the mechanism is fitted again and again to random halves of the people learned from, and an attacker
 * learns to tell from the synthetic rows whether each of 40 chosen people was among them: the most isolated, the most
 * extreme, those whom the candidate comes unusually near to, and some at random. The value is the larger lower end: of
 * the mean over the 40, or of the worst of them.
 */
export const membershipOfChosenPeople = privacyMeasure({
  name: 'membership-of-chosen-people',
  title: 'Nobody chosen in advance can be told to have been learned from',
  version: '1',
  async find(compared, context) {
    if (!context.refit) {
      throw new NotComputableError(
        'The mechanism cannot be fitted again here, so nobody could try this attack.',
      );
    }
    const pool = await drawPool(compared, context);
    const curves = await attackPeople(compared, context.refit, pool);
    return judge(curves);
  },
});

/** The targets come first; all rows are rows of `compared.sampled.train`, looked up in the source again. */
async function drawPool(compared: Compared, context: EvaluationContext): Promise<ColumnSource> {
  const { train } = compared.sampled;
  const ranked = [
    await outlyingRows(compared, 'train', people),
    extremeRows(compared, people),
    await approachedRows(compared, people),
  ];
  const chosen = new Set<number>();
  ranked.forEach((rows, kind) => {
    for (const row of rows) if (chosen.size < (kind + 1) * targetsPerKind) chosen.add(row);
  });
  for (const row of tieOrder(train.rowCount, compared.random.fork('people'))) chosen.add(row);
  const rows = [...chosen].slice(0, Math.min(poolMax, train.rowCount));
  return selectRows(
    sourceOf(context),
    Int32Array.from(rows, (row) => compared.trainRow(row)),
  );
}

async function attackPeople(compared: Compared, refit: Refit, pool: ColumnSource): Promise<RankCurve[]> {
  const { random, signal } = compared;
  const names = compared.columns.map(({ name }) => name);
  const features: Float64Array[][] = Array.from({ length: people }, () => []);
  const labels: boolean[][] = Array.from({ length: people }, () => []);
  for (let shadow = 0; shadow < shadows; shadow++) {
    signal?.throwIfAborted();
    const stream = random.fork(`shadow ${shadow}`);
    const isIn = (person: number): boolean => stream.uniformAt(person) < 0.5;
    const rows = Int32Array.from({ length: pool.rowCount }, (_, row) => row).filter(isIn);
    const sampler = await refit(selectRows(pool, rows), `shadow ${shadow}`);
    const { columns, tables } = await readMixedTables(
      [pool, await sampler(rows.length, `rows ${shadow}`)],
      names,
    );
    const [real, synthetic] = tables;
    if (!real || !synthetic) throw new NotComputableError('The mechanism made no rows.');
    const featuresOf = targetFeatures(columns, real, random.fork('queries'));
    for (let person = 0; person < people; person++) {
      features[person]?.push(featuresOf(synthetic, person));
      labels[person]?.push(isIn(person));
    }
  }
  return features.map((found, person) => curveOf(found, labels[person] ?? []));
}

function curveOf(features: readonly Float64Array[], labels: readonly boolean[]): RankCurve {
  const scores = crossScores(features, labels);
  const of = (label: boolean): Float64Array => scores.filter((_, row) => labels[row] === label);
  return rankCurve(of(true), of(false));
}

function judge(curves: readonly RankCurve[]): PrivacyFinding {
  const mean = curves.reduce((sum, { area }) => sum + area, 0) / curves.length;
  const error = Math.sqrt(curves.reduce((sum, one) => sum + one.standardError ** 2, 0)) / curves.length;
  const width = errorsWide(2) * error;
  // A curve of no spread was separated entirely; a hundred shadows know it no better than this.
  const lows = curves.map(
    (one) => one.area - errorsWide(2 * curves.length) * Math.max(one.standardError, 0.02),
  );
  const value = Math.max(mean - width, ...lows);
  const interval = { low: value, high: Math.max(value, mean + width), level: intervalLevel };
  const worst = Math.max(...curves.map(({ area }) => area));
  const explanation =
    `The mechanism was fitted ${shadows} times with and without each of ${countText(curves.length)} chosen people, and an ` +
    `attacker learned to tell which from the synthetic rows: right in ${percentText(mean)} of pairs on average, in ` +
    `${percentText(worst)} for the worst off; 50 % is guessing.`;
  return { value, interval, explanation };
}
