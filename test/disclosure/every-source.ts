import { disclosedCount, disclosePresence } from '../../src/core/profile/disclosed-count.js';
import { mergeCells } from '../../src/core/profile/merge-cells.js';
import type { ColumnProfile } from '../../src/core/profile/profile.js';
import type { LineCell } from '../../src/evaluation/disclosure/differencing/count-line.js';
import type { PublishedStatistics } from '../../src/evaluation/disclosure/differencing/published-statistics.js';

/** How many records have each value 0..values-1, and last how many have none. */
export type Histogram = readonly number[];

export interface Control {
  readonly cellCountMin: number;
  readonly countRounding: number;
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/** The figures that a column shows, by the rules of the profile builder. */
interface Layout {
  readonly kind: 'bins' | 'names';
  /** Values of one bin, or of one named category; the rest of the categories is the pool. */
  readonly cells: readonly (readonly number[])[];
}

function layoutOf(
  kind: Layout['kind'],
  counts: Histogram,
  control: Control & { readonly shape: number },
): Layout {
  const values = counts.slice(0, -1);
  if (kind === 'bins') {
    const cellCountMin = control.cellCountMin + (control.shape % 3);
    const { starts } = mergeCells(values, { cellCountMin, binsMax: 1 + (control.shape % 4) });
    return { kind, cells: starts.map((start, at) => [...values.keys()].slice(start, starts[at + 1])) };
  }
  const kept = [...values.keys()]
    .sort((a, b) => values[b]! - values[a]! || a - b)
    .filter((value) => values[value]! >= control.cellCountMin)
    .slice(0, 1 + (control.shape % 4));
  const pooled = sum(values) - sum(kept.map((value) => values[value]!));
  if (pooled > 0 && pooled < control.cellCountMin) kept.pop();
  return { kind, cells: kept.map((value) => [value]) };
}

function columnOf(name: string, layout: Layout, counts: Histogram, control: Control): ColumnProfile {
  const values = counts.slice(0, -1);
  const presence = disclosePresence(sum(values), counts.at(-1)!, control);
  const tell = (cell: readonly number[]): number =>
    disclosedCount(sum(cell.map((at) => values[at]!)), control);
  if (layout.cells.length === 0 || sum(values) < control.cellCountMin) {
    return { kind: 'withheld', name, type: 'number', reason: 'too-few-values', ...presence };
  }
  if (layout.kind === 'bins') {
    const edges = [...layout.cells.map(([first]) => first!), values.length];
    return {
      kind: 'numeric',
      name,
      type: 'integer',
      decimals: 0,
      edges,
      counts: layout.cells.map(tell),
      ...presence,
    };
  }
  const categories = layout.cells.map((cell) => ({ value: `c${cell[0]!}`, count: tell(cell) }));
  const rest = [...values.keys()].filter((value) => !layout.cells.some(([first]) => first === value));
  return { kind: 'categorical', name, type: 'category', categories, pooledCount: tell(rest), ...presence };
}

export interface Described extends PublishedStatistics {
  readonly layouts: readonly Layout[];
}

export const values = 4;

export function describeSource(
  hash: string,
  source: readonly Histogram[],
  control: Control & { shape: number },
): Described {
  const layouts = source.map((counts, at) => layoutOf(at === 0 ? 'bins' : 'names', counts, control));
  const columns = layouts.map((layout, at) => columnOf(`column ${at}`, layout, source[at]!, control));
  const rows = disclosedCount(sum(source[0]!), control);
  const population = { sourceName: 'heart', contentHash: 'v1' };
  return { hash, kind: 'profile', population, rounding: control, rows, columns, layouts };
}

/** Every column of up to `rowsMax` records. */
function allHistograms(rowsMax: number): Histogram[] {
  const grow = (counts: readonly number[], left: number): Histogram[] =>
    counts.length > values
      ? [counts]
      : Array.from({ length: left + 1 }, (_, count) => grow([...counts, count], left - count)).flat();
  return grow([], rowsMax);
}

const everyHistogram = allHistograms(10);

/** Per column, the columns that agree with all publications, given that all columns have the same number of rows. */
export function possibleColumns(publications: readonly Described[]): Histogram[][] {
  const agreeing = [0, 1].map((at) =>
    everyHistogram.filter((counts) =>
      publications.every(({ columns, layouts, rows, rounding: control }) => {
        if (disclosedCount(sum(counts), control) !== rows) return false;
        const told = columnOf(`column ${at}`, layouts[at]!, counts, control);
        const asked = columns[at]!;
        // A pool or a bin is never made of a few; layouts are those of the truth, so this must be asked for.
        return (
          JSON.stringify(told) === JSON.stringify(asked) && isAllowed(layouts[at]!, asked, counts, control)
        );
      }),
    ),
  );
  const rowsOf = agreeing.map((columns) => new Set(columns.map(sum)));
  return agreeing.map((columns) => columns.filter((counts) => rowsOf.every((rows) => rows.has(sum(counts)))));
}

function isAllowed(layout: Layout, asked: ColumnProfile, counts: Histogram, control: Control): boolean {
  if (asked.kind !== 'categorical' || asked.pooledCount > 0) return true;
  const named = sum(layout.cells.map(([first]) => counts[first!]!));
  return control.cellCountMin > 0 && sum(counts.slice(0, -1)) === named;
}

export function countOf(cell: LineCell, counts: Histogram, named: ReadonlySet<string>): number {
  const present = counts.slice(0, -1);
  switch (cell.kind) {
    case 'missing':
      return counts.at(-1)!;
    case 'range':
      return sum(present.filter((_, value) => value >= cell.from && value < cell.to));
    case 'category':
      return present[Number(cell.value.slice(1))]!;
    case 'unnamed':
      return sum(present.filter((_, value) => !named.has(`c${value}`)));
    case 'rows':
      return sum(counts);
    case 'present':
      return sum(present);
  }
}
