import { ksComplement } from '../../core/statistics/ks-complement.js';
import { categoryCounts, presentValues } from '../../core/statistics/present-values.js';
import { tvComplement } from '../../core/statistics/tv-complement.js';
import type { Column } from '../../core/table/table.js';
import { pooledCategory } from '../../core/profile/profile.js';
import type { CategoricalProfile } from '../../core/profile/profile.js';
import { categoryColumn, isNumeric, numericColumn } from '../cells.js';
import { sourceOf } from '../context-parts.js';
import type { EvaluationContext } from '../evaluation-context.js';
import { percentText, plural } from '../figure.js';
import type { Measure } from '../measure.js';
import { NotComputableError } from '../not-computable-error.js';
import { describedColumn } from '../profile-column.js';

interface Likeness {
  readonly column: string;
  /** 1: the same distribution; 0: nothing in common; NaN: a side has no value. */
  readonly score: number;
}

/** Mean over the columns of KSComplement (numbers, dates) or TVComplement (categories) between source and candidate. */
export const univariateSimilarity: Measure = {
  name: 'univariate-similarity',
  title: 'Each column looks like its original',
  direction: 'higher',
  async run(context) {
    const scores: Likeness[] = [];
    for (const { name } of context.schema.columns) {
      context.signal?.throwIfAborted();
      scores.push({ column: name, score: await likenessOf(context, name) });
    }
    const empty = scores.filter(({ score }) => Number.isNaN(score)).map(({ column }) => column);
    if (empty.length > 0)
      throw new NotComputableError(`There is no value to compare in ${empty.join(', ')}.`);
    const [first] = scores;
    if (!first) throw new NotComputableError('No column was asked for.');
    const mean = scores.reduce((sum, { score }) => sum + score, 0) / scores.length;
    const worst = scores.reduce(
      (least, likeness) => (likeness.score < least.score ? likeness : least),
      first,
    );
    const explanation =
      `On average over ${plural(scores.length, 'column')}, ${percentText(mean)} of the values are spread as in the ` +
      `real data; the least alike is ${worst.column} with ${percentText(worst.score)}.`;
    return { value: mean, direction: 'higher', explanation };
  },
};

async function likenessOf(context: EvaluationContext, name: string): Promise<number> {
  const { profile, candidate } = context;
  const column = profile && describedColumn(profile, name);
  const [real, made] = [await sourceOf(context).column(name), await candidate.column(name)];
  if (column === null) return columnLikeness(real, made, name);
  if (column.kind === 'numeric') {
    return ksComplement(
      presentValues(numericColumn(real, column)),
      presentValues(numericColumn(made, column)),
    );
  }
  const realCounts = categoryCounts(categoryColumn(real, column));
  return tvComplement(pooled(realCounts, column), categoryCounts(categoryColumn(made, column)));
}

/** @throws {NotComputableError} when the two are stored as different things, or as texts */
function columnLikeness(real: Column, made: Column, name: string): number {
  if (real.kind === 'category' && made.kind === 'category')
    return tvComplement(categoryCounts(real), categoryCounts(made));
  if (isNumeric(real) && isNumeric(made) && real.kind === made.kind)
    return ksComplement(presentValues(real), presentValues(made));
  throw new NotComputableError(`Column "${name}" holds ${real.kind} in the source and ${made.kind} here.`);
}

/** The source as the profile publishes it: pooling is meant to happen, so it is no lack of likeness. */
function pooled(
  counts: ReadonlyMap<string, number>,
  { categories }: CategoricalProfile,
): Map<string, number> {
  const published = new Set(categories.map(({ value }) => value));
  const pooledCounts = new Map<string, number>();
  for (const [value, count] of counts) {
    const name = published.has(value) ? value : pooledCategory;
    pooledCounts.set(name, (pooledCounts.get(name) ?? 0) + count);
  }
  return pooledCounts;
}
