import { profileOf, sourceOf } from '../context-parts.js';
import { describedColumn } from '../profile-column.js';
import type { EvaluationContext } from '../evaluation-context.js';
import { countText, figureText, plural } from '../figure.js';
import type { Measure } from '../measure.js';
import { NotComputableError } from '../not-computable-error.js';
import { cellKey } from './cell-key.js';
import { chanceBound } from './chance-bound.js';
import { chanceOfCell } from './chance-of-cell.js';
import { FingerprintSet } from './fingerprint-set.js';
import { RowFingerprints } from './row-fingerprints.js';

/**
 * How many more candidate rows equal a source row in every requested column than chance explains (UCLH framework
 * 5.3: a chance match is no breach, so matches are set against the number expected).
 *
 * A row drawn with independent columns equals the source row v with probability q(v) = prod_j q_j(v_j), and some
 * source row with p = sum of q over the distinct source rows. The rows are independent, so the number of matches is
 * binomial (rows, p), with mean lambda = rows * p. Its upper 99.9 % quantile is the bound.
 *
 * q comes from the signed profile and never from the candidate: a candidate that copies a record often would raise
 * its own chance of that record and so excuse the copies. The profile was fixed before the candidate was made.
 */
export const exactCopiesAboveChance: Measure = {
  name: 'exact-copies-above-chance',
  title: 'Copies of real records beyond chance',
  direction: 'lower',
  async run(context) {
    const { candidate, schema } = context;
    const source = sourceOf(context);
    if (schema.columns.length === 0) throw new NotComputableError('No column was asked for.');
    const sourceRows = new RowFingerprints(source.rowCount);
    const candidateRows = new RowFingerprints(candidate.rowCount);
    const chances = await readColumns(context, sourceRows, candidateRows);
    let chance = 0;
    const distinct = new FingerprintSet(sourceRows, (row) => (chance += chances[row] ?? 0));
    const observed = countMembers(candidateRows, distinct);
    // Rounding can lift the sum of all probabilities a little over 1.
    const trials = { trials: candidate.rowCount, probability: Math.min(1, chance) };
    const bound = chanceBound(trials);
    const expected = trials.trials * trials.probability;
    const explanation = copiesText({ observed, expected, bound, rows: trials.trials }, schema.columns.length);
    return { value: Math.max(0, observed - bound), direction: 'lower', explanation };
  },
};

/** Feeds both tables to their fingerprints one column at a time; answers q(v) for each source row. */
async function readColumns(
  context: EvaluationContext,
  sourceRows: RowFingerprints,
  candidateRows: RowFingerprints,
): Promise<Float64Array> {
  const { schema, candidate, signal } = context;
  const [profile, source] = [profileOf(context), sourceOf(context)];
  const chances = new Float64Array(source.rowCount).fill(1);
  for (const { name } of schema.columns) {
    signal?.throwIfAborted();
    const column = describedColumn(profile, name);
    const key = cellKey(column, await source.column(name));
    const chance = chanceOfCell(column);
    sourceRows.addColumn(key);
    for (let row = 0; row < chances.length; row++) chances[row] = (chances[row] ?? 0) * chance(key(row));
    candidateRows.addColumn(cellKey(column, await candidate.column(name)));
  }
  return chances;
}

function countMembers({ high, low }: RowFingerprints, set: FingerprintSet): number {
  let members = 0;
  for (let row = 0; row < high.length; row++) if (set.has(high[row] ?? 0, low[row] ?? 0)) members++;
  return members;
}

interface Copies {
  readonly observed: number;
  readonly expected: number;
  readonly bound: number;
  readonly rows: number;
}

function copiesText({ observed, expected, bound, rows }: Copies, columns: number): string {
  const found =
    `${countText(observed)} of ${plural(rows, 'synthetic row')} ${observed === 1 ? 'equals' : 'equal'} a real ` +
    `record in all ${plural(columns, 'column')}. The number expected by chance alone is ${figureText(expected)}; chance gives more ` +
    `than ${countText(bound)} in fewer than one dataset in 1,000.`;
  if (observed > bound)
    return `${found} ${countText(observed - bound)} more than that may be copied records.`;
  // Said openly: a pass means little where chance alone fills the table with real combinations.
  if (bound >= rows)
    return `${found} So few values are possible here that copying cannot be told from chance.`;
  return `${found} There is no sign of copied records.`;
}
