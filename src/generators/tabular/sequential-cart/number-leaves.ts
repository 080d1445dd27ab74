import type { GrownTree } from '../../../core/trees/grow-tree.js';
import type { NumberLeaves } from './model.js';
import { pickEntry } from './pick-entry.js';
import type { PreparedNumbers } from '../guards/prepared-column.js';

/** How many rare values further on a leaf's only rare value finds its neighbours. */
const borrowDistance = 3;
/**
 * A rare value moves towards the rare value so many places away: where values lie close, the stretch to the very next
 * one holds few others than the value itself. In a small leaf the next one is far enough.
 */
const reachMax = 5;
const entriesPerReach = 8;

/** The donors of each leaf as distinct values with counts. */
export function numberLeaves({ rows, leafStarts }: GrownTree, column: PreparedNumbers): NumberLeaves {
  const starts = [0];
  const values: number[] = [];
  const cumulative: number[] = [];
  const exact: number[] = [];
  for (let leaf = 0; leaf + 1 < leafStarts.length; leaf += 1) {
    const donors = Float64Array.from(
      rows.subarray(leafStarts[leaf], leafStarts[leaf + 1]),
      (row) => column.values[row] ?? NaN,
    );
    let count = 0;
    for (const entry of withNeighbours(distinctOf(donors.sort(), column), column)) {
      count += entry.count;
      values.push(entry.value);
      cumulative.push(count);
      exact.push(entry.isExact ? 1 : 0);
    }
    starts.push(values.length);
  }
  return {
    starts: Int32Array.from(starts),
    values: Float64Array.from(values),
    cumulative: Int32Array.from(cumulative),
    exact: Uint8Array.from(exact),
  };
}

/**
 * A value of the leaf. A common value is copied. A rare one stands for the stretch half way to its neighbours, and at
 * the edge of the leaf for that towards its only neighbour: the value itself comes out by chance alone.
 * @param uniform in (0, 1)
 */
export function drawNumber(leaves: NumberLeaves, leaf: number, uniform: number): number {
  const { values, exact } = leaves;
  const start = leaves.starts[leaf] ?? 0;
  const end = leaves.starts[leaf + 1] ?? start;
  const { entry, rest } = pickEntry(leaves.cumulative, start, end, uniform);
  const value = values[entry] ?? NaN;
  if (exact[entry] === 1) return value;
  const reach = Math.max(1, Math.min(reachMax, Math.floor((end - start) / entriesPerReach)));
  const below = neighbour(leaves, entry, { step: -1, stop: start - 1, reach });
  const above = neighbour(leaves, entry, { step: 1, stop: end, reach });
  const goesUp = below === entry || (above !== entry && rest >= 0.5);
  // With both neighbours each gets one half of `rest`, else the only one all of it.
  const share = below === entry || above === entry ? rest / 2 : Math.abs(rest - 0.5);
  return value + ((values[goesUp ? above : below] ?? value) - value) * share;
}

/** The rare entry `reach` rare entries away, or the last one before `stop`; the entry itself where there is none. */
function neighbour(
  { exact }: NumberLeaves,
  entry: number,
  { step, stop, reach }: { step: 1 | -1; stop: number; reach: number },
): number {
  let found = entry;
  let left = reach;
  for (let at = entry + step; at !== stop && left > 0; at += step) {
    if (exact[at] === 1) continue;
    found = at;
    left -= 1;
  }
  return found;
}

interface Entry {
  readonly value: number;
  readonly count: number;
  readonly isExact: boolean;
}

function distinctOf(sorted: Float64Array, { common }: PreparedNumbers): Entry[] {
  const entries: Entry[] = [];
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    const value = sorted[from] ?? NaN;
    while (to < sorted.length && sorted[to] === value) to += 1;
    entries.push({ value, count: to - from, isExact: common.has(value) });
  }
  return entries;
}

function withNeighbours(entries: Entry[], { rare }: PreparedNumbers): Entry[] {
  const lonely = entries.filter(({ isExact }) => !isExact);
  const only = lonely[0];
  if (lonely.length !== 1 || only === undefined) return entries;
  const at = rare.indexOf(only.value);
  const neighbours = [Math.max(0, at - borrowDistance), Math.min(rare.length - 1, at + borrowDistance)]
    .filter((index) => index !== at)
    .map((index): Entry => ({ value: rare[index] ?? NaN, count: 0, isExact: false }));
  return [...entries, ...neighbours].sort((a, b) => a.value - b.value);
}
