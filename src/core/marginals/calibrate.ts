import { cellMap, tableCells } from './cell-map.js';
import type { JunctionTree } from './junction-tree.js';

/** Makes the tables of all cliques agree: what a product of potentials says of each of them. */
export interface Calibration {
  /**
   * @param potentials the logarithm of a factor for every cell of every clique
   * @returns the shares of every clique's cells, each table adding up to 1; overwritten by the next call
   */
  calibrate(potentials: readonly Float64Array[]): readonly Float64Array[];
}

// Bound once: looking `Math` up costs more than the power where globals are proxied, as in Jest.
const { exp, log, max } = Math;

/** Smaller sums are taken as this, so that no logarithm is infinite. */
const least = 1e-300;

interface Edge {
  readonly parent: number;
  /** The separator's cell for every cell of the clique and of its parent. */
  readonly own: Int32Array;
  readonly above: Int32Array;
  /** Sums of the clique's weights by separator cell. */
  readonly up: Float64Array;
  readonly down: Float64Array;
}

/**
 * Belief propagation in two passes (Lauritzen and Spiegelhalter, J. Royal Statistical Society B 50, 1988): sums go up to
 * the parents as logarithms; on the way down the weights of each clique are scaled to what its parent says.
 */
export function calibration({ cliques, sizes }: JunctionTree): Calibration {
  const weights = cliques.map(({ axes }) => new Float64Array(tableCells(axes, sizes)));
  const edges = cliques.map(({ axes, parent, separator }): Edge | null => {
    if (parent === null) return null;
    const cells = tableCells(separator, sizes);
    return {
      parent,
      own: cellMap(axes, separator, sizes),
      above: cellMap(cliques[parent]?.axes ?? [], separator, sizes),
      up: new Float64Array(cells),
      down: new Float64Array(cells),
    };
  });
  return {
    calibrate: (potentials) => {
      for (const [place, table] of weights.entries()) table.set(potentials[place] ?? []);
      for (let place = cliques.length - 1; place >= 0; place -= 1) sendUp(weights, edges, place);
      for (let place = 0; place < cliques.length; place += 1) sendDown(weights, edges, place);
      return weights;
    },
  };
}

function sendUp(weights: readonly Float64Array[], edges: readonly (Edge | null)[], place: number): void {
  const table = weights[place] ?? new Float64Array();
  let highest = -Infinity;
  for (const weight of table) if (weight > highest) highest = weight;
  for (let cell = 0; cell < table.length; cell += 1) table[cell] = exp((table[cell] ?? 0) - highest);
  const edge = edges[place];
  if (!edge) return;
  const { own, above, up, parent } = edge;
  up.fill(0);
  addInto(up, table, own);
  const logs = up.map((sum) => log(max(sum, least)));
  const target = weights[parent] ?? new Float64Array();
  for (let cell = 0; cell < target.length; cell += 1)
    target[cell] = (target[cell] ?? 0) + (logs[above[cell] ?? 0] ?? 0);
}

function sendDown(weights: readonly Float64Array[], edges: readonly (Edge | null)[], place: number): void {
  const table = weights[place] ?? new Float64Array();
  const edge = edges[place];
  if (!edge) {
    let sum = 0;
    for (const weight of table) sum += weight;
    for (let cell = 0; cell < table.length; cell += 1) table[cell] = (table[cell] ?? 0) / sum;
    return;
  }
  const { own, above, up, down, parent } = edge;
  down.fill(0);
  addInto(down, weights[parent] ?? new Float64Array(), above);
  const ratios = down.map((sum, cell) => sum / max(up[cell] ?? 0, least));
  for (let cell = 0; cell < table.length; cell += 1)
    table[cell] = (table[cell] ?? 0) * (ratios[own[cell] ?? 0] ?? 0);
}

function addInto(sums: Float64Array, table: Float64Array, map: Int32Array): void {
  for (let cell = 0; cell < table.length; cell += 1) {
    const onto = map[cell] ?? 0;
    sums[onto] = (sums[onto] ?? 0) + (table[cell] ?? 0);
  }
}
