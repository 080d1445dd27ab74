import { contingencyTable, cramersV } from '../pairs/contingency.js';
import { pearson } from '../pairs/correlation.js';
import type { ComparedVariable } from '../quality/compared-variable.js';

export type AssociationKind = 'correlation' | 'cramers-v' | 'correlation-ratio';

/** How two columns go together: Pearson's r (-1 to 1), Cramer's V or the correlation ratio eta (0 to 1). */
export interface Association {
  readonly columns: readonly [string, string];
  readonly kind: AssociationKind;
  /** Null where a column does not vary. */
  readonly real: number | null;
  readonly synthetic: number | null;
}

type Side = 'real' | 'synthetic';

/** Every pair of columns once, in column order. */
export function associations(variables: readonly ComparedVariable[], signal?: AbortSignal): Association[] {
  return variables.flatMap((first, at) => {
    signal?.throwIfAborted();
    return variables.slice(at + 1).map((second) => associationOf(first, second));
  });
}

function associationOf(first: ComparedVariable, second: ComparedVariable): Association {
  const columns = [first.name, second.name] as const;
  const both = (kind: AssociationKind, measure: (side: Side) => number): Association => ({
    columns,
    kind,
    real: finiteOrNull(measure('real')),
    synthetic: finiteOrNull(measure('synthetic')),
  });
  if (first.kind === 'continuous' && second.kind === 'continuous')
    return both('correlation', (side) => pearson(first[side].values, second[side].values));
  if (first.kind === 'discrete' && second.kind === 'discrete')
    return both('cramers-v', (side) =>
      cramersV(contingencyTable({ first: first.codes[side], second: second.codes[side] })),
    );
  const [categories, numbers] = first.kind === 'discrete' ? [first, second] : [second, first];
  if (numbers.kind !== 'continuous') return both('correlation-ratio', () => NaN);
  return both('correlation-ratio', (side) => correlationRatio(categories.codes[side], numbers[side].values));
}

/** Eta: the share of a number's spread that lies between the categories, as a root; NaN when the number does not vary. */
function correlationRatio(
  { codes, size }: { readonly codes: Int32Array; readonly size: number },
  values: Float64Array,
): number {
  const counts = new Float64Array(size);
  const sums = new Float64Array(size);
  let count = 0;
  let sum = 0;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? NaN;
    const code = codes[row] ?? 0;
    if (value !== value) continue;
    counts[code] = (counts[code] ?? 0) + 1;
    sums[code] = (sums[code] ?? 0) + value;
    count += 1;
    sum += value;
  }
  const mean = sum / count;
  let total = 0;
  for (const value of values) if (value === value) total += (value - mean) ** 2;
  let between = 0;
  counts.forEach((inGroup, code) => {
    if (inGroup > 0) between += inGroup * ((sums[code] ?? 0) / inGroup - mean) ** 2;
  });
  return Math.sqrt(Math.min(1, between / total));
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Differences, synthetic less real, of one kind of association where both tables have it. */
export function associationDifferences(found: readonly Association[], kind: AssociationKind): number[] {
  return found.flatMap((one) =>
    one.kind === kind && one.real !== null && one.synthetic !== null ? [one.synthetic - one.real] : [],
  );
}
