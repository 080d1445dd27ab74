import { tableCells } from './cell-map.js';
import type { Axes, AxisSizes } from './cell-map.js';

/** Sets of axes in a tree such that those with a common axis hang together; parents come before their children. */
export interface JunctionTree {
  readonly sizes: AxisSizes;
  readonly cliques: readonly Clique[];
}

interface Clique {
  /** Ascending. */
  readonly axes: Axes;
  /** Place of the parent; the first clique of each part of the tree has none. */
  readonly parent: number | null;
  /** The axes in common with the parent, ascending; none without a parent. */
  readonly separator: Axes;
}

/**
 * A tree in which every one of the sets lies inside a clique: the graph of the sets is triangulated by taking out, again
 * and again, the axis whose neighbourhood is the smallest table, and its maximal cliques are joined by a spanning tree
 * of the largest separators. Koller and Friedman, "Probabilistic graphical models", 2009, chapter 10.
 */
export function junctionTree(sets: readonly Axes[], sizes: AxisSizes): JunctionTree {
  return { sizes, cliques: joined(maximalCliques(sets, sizes)) };
}

/** Cells of all cliques that such a tree would have. */
export function junctionTreeCells(sets: readonly Axes[], sizes: AxisSizes): number {
  return maximalCliques(sets, sizes).reduce((sum, clique) => sum + tableCells(clique, sizes), 0);
}

/** Cells of the largest clique that such a tree would have. */
export function largestClique(sets: readonly Axes[], sizes: AxisSizes): number {
  return maximalCliques(sets, sizes).reduce((most, clique) => Math.max(most, tableCells(clique, sizes)), 0);
}

function maximalCliques(sets: readonly Axes[], sizes: AxisSizes): Axes[] {
  const neighbours = sizes.map(() => new Set<number>());
  for (const set of sets)
    for (const axis of set) for (const other of set) if (other !== axis) neighbours[axis]?.add(other);
  const left = new Set(sizes.keys());
  const cliques: Axes[] = [];
  while (left.size > 0) {
    const axis = cheapest(left, neighbours, sizes);
    const around = [...(neighbours[axis] ?? [])];
    cliques.push([axis, ...around].sort((a, b) => a - b));
    for (const one of around) {
      for (const other of around) if (other !== one) neighbours[one]?.add(other);
      neighbours[one]?.delete(axis);
    }
    left.delete(axis);
  }
  return cliques.filter((clique, place) =>
    cliques.every(
      (other, at) =>
        at === place || !isInside(clique, other) || (at > place && other.length === clique.length),
    ),
  );
}

function cheapest(left: ReadonlySet<number>, neighbours: readonly Set<number>[], sizes: AxisSizes): number {
  let best = -1;
  let least = Infinity;
  for (const axis of left) {
    let cells = sizes[axis] ?? 1;
    for (const other of neighbours[axis] ?? []) cells *= sizes[other] ?? 1;
    if (cells < least) [best, least] = [axis, cells];
  }
  return best;
}

export function isInside(part: Axes, whole: Axes): boolean {
  return part.every((axis) => whole.includes(axis));
}

/** Prim's algorithm; a clique that shares nothing with those before starts a part of its own. */
function joined(cliques: readonly Axes[]): Clique[] {
  const waiting = new Set(cliques.keys());
  const shared = cliques.map(() => ({ axes: [] as Axes, parent: null as number | null }));
  const placed: Clique[] = [];
  while (waiting.size > 0) {
    let next = -1;
    for (const place of waiting)
      if (next < 0 || (shared[place]?.axes.length ?? 0) > (shared[next]?.axes.length ?? 0)) next = place;
    const axes = cliques[next] ?? [];
    const { parent = null, axes: separator = [] } = shared[next] ?? {};
    placed.push({ axes, parent, separator });
    waiting.delete(next);
    for (const place of waiting) {
      const common = (cliques[place] ?? []).filter((axis) => axes.includes(axis));
      if (common.length > (shared[place]?.axes.length ?? 0))
        shared[place] = { axes: common, parent: placed.length - 1 };
    }
  }
  return placed;
}
