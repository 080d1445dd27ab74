import { valueCells } from '../domain/public-domain.js';
import type { PublicDomain } from '../domain/public-domain.js';
import { cumulativeRows } from '../network/network-model.js';
import type { CellGroups } from '../network/network-model.js';

/** Cells put together by their noisy counts, so that what is told apart stands out of the noise. */
export interface GroupedCells {
  readonly groups: CellGroups;
  /** Noisy count and variance of each group. */
  readonly counts: Float64Array;
  readonly variances: Float64Array;
}

interface Group {
  readonly cells: readonly number[];
  readonly isEven: boolean;
}

export interface Noisy {
  /** By cell. */
  readonly counts: Float64Array;
  /** Standard deviation of the noise of a cell. */
  readonly sigma: number;
}

/** A count below this many standard deviations may well be noise alone. */
const standingOut = 3;

/**
 * Looks at noisy counts only. Categories that do not stand out are one group, drawn evenly; neighbouring cells of a
 * number are put together until they stand out and hold their part of the rows. What still does not stand out is never
 * made; where nothing does, all cells are one group, each as likely.
 * @param groupsMax about how many groups there may be, besides the missing cell
 */
export function groupCells(domain: PublicDomain, noisy: Noisy, groupsMax: number): GroupedCells {
  const values = Array.from({ length: valueCells(domain) }, (_, cell) => cell);
  const found =
    domain.kind === 'numbers' ? neighbours(values, noisy, groupsMax) : frequentOnes(values, noisy, groupsMax);
  const missing = domain.mayBeMissing ? [{ cells: [values.length], isEven: true }] : [];
  const kept = [...found, ...missing].filter((group) => standsOut(group.cells, noisy));
  const all = [...values, ...missing.flatMap(({ cells }) => cells)];
  return describeGroups(kept.length > 0 ? kept : [{ cells: all, isEven: true }], noisy);
}

function frequentOnes(values: readonly number[], noisy: Noisy, groupsMax: number): Group[] {
  const descending = [...values].sort((a, b) => (noisy.counts[b] ?? 0) - (noisy.counts[a] ?? 0) || a - b);
  const frequent = descending.filter((cell) => standsOut([cell], noisy)).slice(0, groupsMax - 1);
  const apart = new Set(frequent);
  const others = values.filter((cell) => !apart.has(cell));
  const groups = frequent.sort((a, b) => a - b).map((cell) => ({ cells: [cell], isEven: true }));
  return others.length > 0 ? [...groups, { cells: others, isEven: true }] : groups;
}

function neighbours(values: readonly number[], noisy: Noisy, groupsMax: number): Group[] {
  const part = Math.max(0, sumOf(values, noisy)) / groupsMax;
  const groups: Group[] = [];
  let open: number[] = [];
  const close = (): void => {
    if (open.length > 0) groups.push({ cells: open, isEven: false });
    open = [];
  };
  for (const cell of values) {
    // A value that is a heap of its own stays apart from those before it.
    if (isHeap(cell, noisy, part) && standsOut(open, noisy)) close();
    open.push(cell);
    if (sumOf(open, noisy) >= part && standsOut(open, noisy)) close();
  }
  close();
  return groups;
}

function isHeap(cell: number, noisy: Noisy, part: number): boolean {
  return (noisy.counts[cell] ?? 0) >= part && standsOut([cell], noisy);
}

function standsOut(cells: readonly number[], noisy: Noisy): boolean {
  return cells.length > 0 && sumOf(cells, noisy) >= standingOut * noisy.sigma * Math.sqrt(cells.length);
}

function sumOf(cells: readonly number[], { counts }: Noisy): number {
  return cells.reduce((sum, cell) => sum + (counts[cell] ?? 0), 0);
}

function describeGroups(groups: readonly Group[], noisy: Noisy): GroupedCells {
  const starts = [0];
  const shares: number[] = [];
  for (const group of groups) {
    shares.push(...cumulativeRows(weightsOf(group, noisy), group.cells.length));
    starts.push(shares.length);
  }
  const { sigma } = noisy;
  return {
    groups: {
      starts: Int32Array.from(starts),
      cells: Int32Array.from(groups.flatMap(({ cells }) => cells)),
      cumulative: Float64Array.from(shares),
    },
    counts: Float64Array.from(groups, ({ cells }) => sumOf(cells, noisy)),
    variances: Float64Array.from(groups, ({ cells }) => sigma ** 2 * cells.length),
  };
}

/** Cells of a number that stand out keep their counts; the others share the rest of the group evenly. */
function weightsOf({ cells, isEven }: Group, noisy: Noisy): Float64Array {
  if (isEven) return new Float64Array(cells.length).fill(1);
  const clear = cells.filter((cell) => standsOut([cell], noisy));
  const rest =
    Math.max(0, sumOf(cells, noisy) - sumOf(clear, noisy)) / Math.max(1, cells.length - clear.length);
  const apart = new Set(clear);
  return Float64Array.from(cells, (cell) => (apart.has(cell) ? (noisy.counts[cell] ?? 0) : rest));
}
