import { isMissing } from '../../../core/table/missing-bitmap.js';
import { repairCorrelation } from '../../../core/linear-algebra/repair-correlation.js';
import type { PreparedColumn } from '../guards/prepared-column.js';
import { categoryOrder } from './category-order.js';
import { categoryMarginal, countsIn, fitNumberMarginal } from './fit-marginal.js';
import { latentCorrelation } from './latent-correlation.js';
import type { Marginal } from './marginal.js';
import type { MissingPatterns } from './missing-patterns.js';
import type { CopulaGroup } from './model.js';
import { normalScores, tieCoefficients } from './normal-scores.js';
import type { CopulaParameters } from './parameters.js';

/** Rows that a correlation rests on; two columns that fewer rows have both of are taken for independent. */
const pairRowsMin = 20;

interface Given {
  readonly patterns: MissingPatterns;
  readonly parameters: CopulaParameters;
}

/** Learns one copula from the given rows. */
export function fitGroup(
  columns: readonly PreparedColumn[],
  rows: Int32Array,
  { patterns, parameters }: Given,
): CopulaGroup {
  // Numbers and pairs of categories have an order; all other categories are put into one that goes with them.
  const ordered = columns.map((column) =>
    column.kind === 'numbers'
      ? scored(column, rows, parameters)
      : column.dictionary.length <= 2
        ? scoredCategories(column, rows, [])
        : null,
  );
  const guides = ordered.flatMap((each) => (each ? [each.scores] : []));
  const latents = columns.map((column, place): Scored => {
    const done = ordered[place];
    if (done) return done;
    return column.kind === 'categories' ? scoredCategories(column, rows, guides) : empty(rows);
  });
  const patternCodes = Float64Array.from(rows, (row) => patterns.ofRow[row] ?? 0);
  const counts = countsIn(patterns.ofRow, rows, patterns.members.length);
  const pattern = categoryMarginal(
    categoryOrder(
      patternCodes,
      counts,
      latents.map(({ scores }) => scores),
    ),
    counts,
  );
  const all = [...latents, { marginal: pattern, scores: normalScores(pattern, patternCodes) }];
  const correlation = latentCorrelation(
    all.map(({ marginal, scores }) => ({ scores, coefficients: tieCoefficients(marginal) })),
    pairRowsMin,
  );
  return {
    rows: rows.length,
    marginals: latents.map(({ marginal }) => marginal),
    pattern,
    correlation: repairCorrelation(correlation),
  };
}

interface Scored {
  readonly marginal: Marginal;
  readonly scores: Float64Array;
}

function scored(
  column: Extract<PreparedColumn, { kind: 'numbers' }>,
  rows: Int32Array,
  parameters: CopulaParameters,
): Scored {
  const marginal = fitNumberMarginal(column, presentAmong(column, rows), parameters);
  return { marginal, scores: normalScores(marginal, valuesIn(column, rows)) };
}

/** Categories have no order of their own: they get that of the column they go best with. */
function scoredCategories(
  column: Extract<PreparedColumn, { kind: 'categories' }>,
  rows: Int32Array,
  guides: readonly Float64Array[],
): Scored {
  const values = valuesIn(column, rows);
  const size = column.dictionary.length;
  const counts = countsIn(column.codes, presentAmong(column, rows), size);
  const marginal = categoryMarginal(categoryOrder(values, counts, guides), counts);
  return { marginal, scores: normalScores(marginal, values) };
}

function empty(rows: Int32Array): Scored {
  return { marginal: { kind: 'none' }, scores: new Float64Array(rows.length).fill(NaN) };
}

function presentAmong({ missing, present }: PreparedColumn, rows: Int32Array): Int32Array {
  return present.length === 0 ? present : rows.filter((row) => !isMissing(missing, row));
}

/** Numbers or codes; NaN where missing. */
function valuesIn(column: PreparedColumn, rows: Int32Array): Float64Array {
  const source = column.kind === 'numbers' ? column.values : column.codes;
  const isLearned = column.present.length > 0;
  return Float64Array.from(rows, (row) =>
    isLearned && !isMissing(column.missing, row) ? (source[row] ?? NaN) : NaN,
  );
}
