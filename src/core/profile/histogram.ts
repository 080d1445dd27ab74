import { mergeCells } from './merge-cells.js';
import type { DisclosureControl } from './profile.js';
import { gridOfStep, gridPoint, gridPosition } from './public-grid.js';
import type { PublicGrid } from './public-grid.js';

/** Records of one grid cell: at least `index` steps from zero, and less than the next index. */
export interface GridCell {
  readonly index: number;
  readonly count: number;
  /** Those that lie on the cell's lower border itself. */
  readonly onBorder: number;
}

/** Counts the records of each cell; those outside [first, last] go to these two. Ascending, empty cells left out. */
export type CountCells = (grid: PublicGrid, first: number, last: number) => Promise<readonly GridCell[]>;

export interface HistogramInput {
  /** Records there are; at least twice the tail that `control` asks for. */
  readonly count: number;
  /** Where they all lie: the search starts here, and nothing of it is published. */
  readonly lowest: number;
  readonly highest: number;
  /** Distance of neighbouring values as they are written: 10^-decimals. No step is finer. */
  readonly unit: number;
}

export interface Histogram {
  readonly edges: readonly number[];
  /** True counts; they add up to `count`. */
  readonly counts: readonly number[];
}

interface Bounds {
  readonly low: number;
  /** The first cell that is no longer inside. */
  readonly high: number;
  /** Both bounds are this one value: nearly all records have it. */
  readonly heap: boolean;
}

const cellsWanted = 4096;
const cellsEnough = 400;
/** Digits that the position on a grid can have before doubles blur it. */
const resolution = 1e-11;
/** A round narrows the range about a thousandfold, so few are needed; this only ends a search that has gone astray. */
const roundsMax = 20;

/** Records that must lie at or beyond each bound of a column with `count` records. */
export function tailCount(count: number, { cellCountMin, tailShare }: DisclosureControl): number {
  return Math.max(cellCountMin, Math.ceil(tailShare * count));
}

/**
 * Finds the bounds beyond which enough records lie, and bins of enough records between them. Sees counts only; where a
 * few far values leave everything else in a few cells, it looks again at that part.
 */
export async function buildHistogram(
  input: HistogramInput,
  control: DisclosureControl,
  countCells: CountCells,
): Promise<Histogram> {
  const tail = tailCount(input.count, control);
  let [from, to] = [input.lowest, input.highest];
  for (let round = 1; ; round += 1) {
    const grid = gridOfStep(stepFor(from, to, input.unit));
    const finest = gridPoint(grid, 1) <= input.unit;
    const first = Math.floor(gridPosition(grid, from)) - 1;
    const last = Math.ceil(gridPosition(grid, to)) + 1;
    const cells = await countCells(grid, first, last);
    const bounds = findBounds(cells, tail, finest);
    if (bounds.heap && !finest) return heapOf(gridPoint(grid, bounds.low), input);
    const next = [
      gridPoint(grid, Math.min(bounds.low, bounds.high) - 1),
      gridPoint(grid, Math.max(bounds.low, bounds.high) + 1),
    ] as const;
    const fewCells = bounds.high - bounds.low < cellsEnough;
    const narrows = next[1] - next[0] < (to - from) / 2;
    if (finest || !fewCells || !narrows || round === roundsMax) return binsOf(cells, bounds, grid, control);
    [from, to] = next;
  }
}

function stepFor(from: number, to: number, unit: number): number {
  // Divided first: the difference of two huge numbers may be infinite.
  const wanted = to / cellsWanted - from / cellsWanted;
  return Math.max(wanted, unit, Math.max(Math.abs(from), Math.abs(to)) * resolution);
}

/**
 * `low` is the lowest grid point with at least `tail` records at or below it, `high` the highest with as many at or
 * above it. On the finest grid a cell is one value, so there `high` is the cell after that value's.
 */
function findBounds(cells: readonly GridCell[], tail: number, finest: boolean): Bounds {
  let low = 0;
  let below = 0;
  for (const { index, count, onBorder } of cells) {
    low = below + onBorder >= tail ? index : index + 1;
    if (below + onBorder >= tail || below + count >= tail) break;
    below += count;
  }
  let high = 0;
  let above = 0;
  let onHigh = 0;
  for (const { index, count, onBorder } of cells.toReversed()) {
    high = index;
    onHigh = onBorder;
    if (above + count >= tail) {
      above += count - onBorder;
      break;
    }
    above += count;
  }
  const heap = low === high && above < tail && below < tail && onHigh > 0;
  return { low, high: finest ? high + 1 : high, heap };
}

function heapOf(value: number, { count, unit }: HistogramInput): Histogram {
  const grid = gridOfStep(Math.max(unit, Math.abs(value) * resolution));
  return { edges: [value, gridPoint(grid, Math.round(gridPosition(grid, value)) + 1)], counts: [count] };
}

function binsOf(
  cells: readonly GridCell[],
  { low, high }: Bounds,
  grid: PublicGrid,
  control: DisclosureControl,
): Histogram {
  const start = Math.min(low, high);
  const end = Math.max(low, high, start + 1);
  const counts = new Array<number>(end - start).fill(0);
  for (const { index, count } of cells) {
    const at = Math.min(Math.max(index, start), end - 1) - start;
    counts[at] = (counts[at] ?? 0) + count;
  }
  const merged = mergeCells(counts, control);
  const edges = [...merged.starts.map((offset) => start + offset), end].map((index) =>
    gridPoint(grid, index),
  );
  return { edges, counts: merged.counts };
}
