import type { PreparedCategories, PreparedColumn, PreparedNumbers } from '../guards/prepared-column.js';
import { isMissing } from '../../../core/table/missing-bitmap.js';
import type { ColumnBins } from '../sequential-cart/column-bins.js';
import type { CategoriesLaw, ForestColumn, LeafEntries, NumbersLaw } from './model.js';
import type { ForestParameters } from './parameters.js';
import type { RealLeaf } from './real-leaves.js';
import { scoreOf, scoreScale } from './score-scale.js';

interface Leafing {
  /** Place of the column among the features. */
  readonly at: number;
  readonly bins: ColumnBins | undefined;
  readonly parameters: ForestParameters;
  readonly rowCount: number;
}

/** A value that less than this share of the column's rows has. */
const rareShare = 0.1;
/** Values that are not common have a mean and a spread of their own from so many rows on. */
const othersMin = 10;

/** What a column is in every leaf; a few missing cells come by their share alone. */
export function leafLaws(
  column: PreparedColumn,
  leaves: readonly RealLeaf[],
  leafing: Leafing,
): ForestColumn {
  const { parameters, rowCount } = leafing;
  const { schema, missing: flags, present } = column;
  const absent = rowCount - present.length;
  const missing = Float64Array.from(leaves, ({ rows }) => {
    const gone = rows.filter((row) => isMissing(flags, row)).length;
    return absent < parameters.categoryFloor && gone < rows.length ? absent / rowCount : gone / rows.length;
  });
  const values =
    column.kind === 'categories'
      ? categoriesLaw(column, leaves, parameters)
      : numbersLaw(column, leaves, leafing);
  return { name: schema.name, type: schema.type, missing, values };
}

function categoriesLaw(
  { codes, counts, dictionary, missing, present }: PreparedCategories,
  leaves: readonly RealLeaf[],
  { purityFloor }: ForestParameters,
): CategoriesLaw {
  const everywhere = new Map([...counts.entries()].filter(([, count]) => count > 0));
  const ofLeaves = leaves.map(({ rows }) => {
    const own = countOf(rows, (row) => (isMissing(missing, row) ? -1 : (codes[row] ?? 0)));
    const [only] = own.keys();
    const isPure = own.size === 1 && (own.get(only ?? 0) ?? 0) < purityFloor;
    const isRare = (counts[only ?? 0] ?? 0) < rareShare * present.length;
    return isPure && isRare ? everywhere : own;
  });
  return { kind: 'categories', dictionary, entries: entriesOf(ofLeaves) };
}

function numbersLaw(
  { values, sorted, common, missing, grid, bounds }: PreparedNumbers,
  leaves: readonly RealLeaf[],
  { at, bins }: Leafing,
): NumbersLaw {
  const atoms = Float64Array.from(common.keys());
  const placeOf = new Map(Array.from(atoms, (value, place) => [value, place]));
  const cuts = bins?.kind === 'numbers' ? bins.cuts : new Float64Array();
  const scale = scoreScale(
    sorted.filter((value) => !common.has(value)),
    bounds,
  );
  const others = leaves.map(({ rows }) =>
    Float64Array.from(
      rows.filter((row) => !isMissing(missing, row) && !common.has(values[row] ?? NaN)),
      (row) => scoreOf(scale, values[row] ?? NaN),
    ),
  );
  // Bin 0 is missing, bin b lies between the cuts b - 2 and b - 1.
  const low = leaves
    .map(({ lowest }) => cuts[(lowest[at] ?? 0) - 2] ?? bounds.low)
    .map((end) => scoreOf(scale, end));
  const high = leaves
    .map(({ highest }) => cuts[(highest[at] ?? 255) - 1] ?? bounds.high)
    .map((end) => scoreOf(scale, end));
  const isTold = others.map((own) => own.length >= othersMin);
  const mean = others.map((own, leaf) => (isTold[leaf] ? meanOf(own) : 0));
  return {
    ...{ kind: 'numbers', grid, bounds, atoms, scale },
    entries: entriesOf(
      leaves.map(({ rows }) =>
        countOf(rows, (row) => (isMissing(missing, row) ? -1 : (placeOf.get(values[row] ?? NaN) ?? -1))),
      ),
    ),
    others: Int32Array.from(others, (own) => own.length),
    low: Float64Array.from(low, (end, leaf) => Math.min(end, high[leaf] ?? end)),
    high: Float64Array.from(high),
    mean: Float64Array.from(mean),
    spread: Float64Array.from(others, (own, leaf) => {
      const middle = mean[leaf] ?? 0;
      return isTold[leaf] ? Math.sqrt(meanOf(own.map((value) => (value - middle) ** 2))) : 0;
    }),
  };
}

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** How many rows have each place; those of -1 count nowhere. */
function countOf(rows: Int32Array, placeOf: (row: number) => number): Map<number, number> {
  const counts = new Map<number, number>();
  for (const row of rows) {
    const place = placeOf(row);
    if (place >= 0) counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return counts;
}

function entriesOf(leaves: readonly ReadonlyMap<number, number>[]): LeafEntries {
  const starts = new Int32Array(leaves.length + 1);
  const places: number[] = [];
  const counts: number[] = [];
  for (const [leaf, own] of leaves.entries()) {
    for (const [place, count] of [...own].sort(([a], [b]) => a - b)) {
      places.push(place);
      counts.push(count);
    }
    starts[leaf + 1] = places.length;
  }
  return { starts, places: Int32Array.from(places), counts: Int32Array.from(counts) };
}
