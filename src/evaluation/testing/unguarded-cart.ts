import { Random } from '../../core/random/random.js';
import type { MixedTable } from '../privacy/compared/mixed-table.js';
import { noCells } from '../privacy/compared/mixed-table.js';

/** Rows of a leaf, or a question and where its answers lead. */
type Node =
  | { readonly rows: readonly number[] }
  | { readonly column: number; readonly cut: number; readonly low: Node; readonly high: Node };

const leafMin = 5;
const triesPerColumn = 8;

/**
 * Sequential CART as it is commonly run, leaves of five and real values copied from them: what our own refuses to be.
 * Missing cells count as the lowest number.
 */
export function unguardedCart(table: MixedTable, seed: string): (rows: number, seed: string) => MixedTable {
  const random = Random.fromSeed(seed);
  const values = table.cells.map((cells) => cells.map((cell) => (Number.isNaN(cell) ? -1e9 : cell)));
  const everyone = Array.from({ length: table.rowCount }, (_, row) => row);
  const trees = values.map((target, at) => grow(values.slice(0, at), target, everyone, random.fork(`${at}`)));
  return (rowCount, drawSeed) => {
    const draws = Random.fromSeed(drawSeed);
    const made = values.map(() => new Float64Array(rowCount));
    const cells = values.map(() => new Float64Array(rowCount));
    for (let row = 0; row < rowCount; row++) {
      trees.forEach((tree, at) => {
        const donors = leafOf(tree, made, row);
        const donor = donors[Math.floor(donors.length * draws.uniformAt(row, at))] ?? 0;
        (made[at] ?? noCells)[row] = values[at]?.[donor] ?? 0;
        (cells[at] ?? noCells)[row] = table.cells[at]?.[donor] ?? NaN;
      });
    }
    return { rowCount, cells };
  };
}

function leafOf(node: Node, made: readonly Float64Array[], row: number): readonly number[] {
  if ('rows' in node) return node.rows;
  const isLow = (made[node.column]?.[row] ?? 0) <= node.cut;
  return leafOf(isLow ? node.low : node.high, made, row);
}

function grow(
  known: readonly Float64Array[],
  target: Float64Array,
  rows: readonly number[],
  random: Random,
): Node {
  if (rows.length < 2 * leafMin || known.length === 0) return { rows };
  let best = { gain: 1e-9, column: -1, cut: 0 };
  known.forEach((column, at) => {
    for (let attempt = 0; attempt < triesPerColumn; attempt++) {
      const cut = column[rows[random.integerBelow(rows.length)] ?? 0] ?? 0;
      const gain = gainOf(column, cut, target, rows);
      if (gain > best.gain) best = { gain, column: at, cut };
    }
  });
  const column = known[best.column];
  if (!column) return { rows };
  const isLow = (row: number): boolean => (column[row] ?? 0) <= best.cut;
  const low = grow(known, target, rows.filter(isLow), random);
  return {
    column: best.column,
    cut: best.cut,
    low,
    high: grow(
      known,
      target,
      rows.filter((row) => !isLow(row)),
      random,
    ),
  };
}

/** By how much the cut lowers the sum of squares; nothing when a side would be too small. */
function gainOf(column: Float64Array, cut: number, target: Float64Array, rows: readonly number[]): number {
  let [count, sum, all] = [0, 0, 0];
  for (const row of rows) {
    const value = target[row] ?? 0;
    all += value;
    if ((column[row] ?? 0) <= cut) [count, sum] = [count + 1, sum + value];
  }
  const rest = rows.length - count;
  if (count < leafMin || rest < leafMin) return 0;
  return sum ** 2 / count + (all - sum) ** 2 / rest - all ** 2 / rows.length;
}
