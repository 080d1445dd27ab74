import type { ColumnSource } from '../../../core/table/column-source.js';
import { selectRows } from '../../../core/table/select-rows.js';
import { sourceOf } from '../../context-parts.js';
import type { PrivacyClaim, Refit } from '../../evaluation-context.js';
import { countText, figureText } from '../../figure.js';
import { NotComputableError } from '../../not-computable-error.js';
import { tieOrder } from '../anonymeter/tie-order.js';
import type { Compared } from '../compared/compared.js';
import { outlyingRows } from '../compared/outlying-rows.js';
import { readMixedTables } from '../compared/read-mixed-tables.js';
import { privacyMeasure } from '../privacy-measure.js';
import { epsilonShown } from './epsilon-shown.js';
import { targetFeatures } from './target-features.js';

/** Fits with the person, and as many without. */
const trials = 800;
const baseRows = 100;
/** Synthetic rows a fit: enough that drawing them blurs the mechanism's noise little. */
const rowsPerFit = 2000;

/**
 * Audits a promise of differential privacy from outside (Jagielski et al. 2020; Nasr et al. 2021): a small table with
 * and without the most outlying person is learned hundreds of times; how well the two are told apart bounds epsilon
 * from below. The value is how far that bound exceeds the promise.
 */
export const dpAudit = privacyMeasure({
  name: 'dp-audit',
  title: 'The promised differential privacy withstands an audit',
  version: '1',
  async find(compared, context) {
    const { privacyClaim: claim, refit } = context;
    if (!claim) {
      const explanation = 'The mechanism promises no differential privacy, so there is no promise to audit.';
      return { value: 0, explanation };
    }
    if (!refit)
      throw new NotComputableError(
        'The mechanism cannot be fitted again here, so its promise was not audited.',
      );
    const worlds = await neighbouringTables(compared, sourceOf(context), claim);
    const [inside, outside] = await outcomes(compared, refit, worlds);
    const { bound, most } = epsilonShown(inside, outside, claim.delta);
    const explanation =
      `The mechanism promises epsilon ${figureText(claim.epsilon)}. Learning ${countText(trials)} times with and as often ` +
      `without one person shows that it is at least ${figureText(bound)}; so many trials could show at most ` +
      `${figureText(most)}, so a pass confirms no promise above that.`;
    return { value: Math.max(0, bound - claim.epsilon), explanation };
  },
});

interface Worlds {
  readonly inside: ColumnSource;
  readonly outside: ColumnSource;
}

/** The person is row 0 of `inside`. */
async function neighbouringTables(
  compared: Compared,
  source: ColumnSource,
  claim: PrivacyClaim,
): Promise<Worlds> {
  const order = [...tieOrder(compared.sampled.train.rowCount, compared.random.fork('audited table'))];
  const [person = 0] = await outlyingRows(compared, 'train', 1);
  const [other = 0, ...base] = order.filter((row) => row !== person).slice(0, baseRows + 1);
  const pick = (rows: readonly number[]): ColumnSource =>
    selectRows(
      source,
      Int32Array.from(rows, (row) => compared.trainRow(row)),
    );
  const outside = claim.neighbours === 'replace-one' ? pick([other, ...base]) : pick(base);
  return { inside: pick([person, ...base]), outside };
}

/** The attacker's counts after each fit. */
async function outcomes(
  compared: Compared,
  refit: Refit,
  worlds: Worlds,
): Promise<[Float64Array[], Float64Array[]]> {
  const names = compared.columns.map(({ name }) => name);
  const found: [Float64Array[], Float64Array[]] = [[], []];
  for (let trial = 0; trial < trials; trial++) {
    for (const [place, rows] of [worlds.inside, worlds.outside].entries()) {
      compared.signal?.throwIfAborted();
      const sampler = await refit(rows, `audit ${trial} ${place}`);
      const made = await sampler(rowsPerFit, `audit rows ${trial} ${place}`);
      const { columns, tables } = await readMixedTables([worlds.inside, made], names);
      const [people, synthetic] = tables;
      if (!people || !synthetic) throw new NotComputableError('The mechanism made no rows.');
      found[place]?.push(
        targetFeatures(columns, people, compared.random.fork('audit queries'))(synthetic, 0),
      );
    }
  }
  return found;
}
