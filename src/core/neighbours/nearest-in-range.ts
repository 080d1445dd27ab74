import type { MixedMatrix } from './mixed-matrix.js';
import { rowsPerTile } from './mixed-matrix.js';
import { addMismatches, productTile } from './tile-distances.js';

/** For each query row its `count` nearest reference rows, nearest first; -1 and Infinity where there are fewer. */
export interface Neighbours {
  readonly count: number;
  readonly indexes: Int32Array<SharedArrayBuffer>;
  readonly distances: Float64Array<SharedArrayBuffer>;
}

/** The query rows [from, to) of a search; `from` is a multiple of `rowsPerTile`. */
export interface SearchRange {
  readonly queries: MixedMatrix;
  readonly references: MixedMatrix;
  /** The two are one table, and a row is not its own neighbour. */
  readonly isSameTable: boolean;
  readonly from: number;
  readonly to: number;
  readonly found: Neighbours;
}

/** References that stay in the cache while the queries of a block pass over them. */
const referencesPerBlock = 512;
const queriesPerBlock = 64;

/**
 * Exact nearest neighbours by blocked matrix product: |a - b|^2 = |a|^2 + |b|^2 - 2ab, plus differing codes. The
 * product loses digits near 0, so the distances of the winners are worked out again, difference by difference: a
 * copy has distance 0. Two references are told apart down to about 1e-7 of a row's length; below, either may win.
 */
export function findNearestInRange(range: SearchRange): void {
  const { queries, references, from, to, found } = range;
  found.indexes.fill(-1, from * found.count, to * found.count);
  found.distances.fill(Infinity, from * found.count, to * found.count);
  const norms = squaredNorms(references);
  for (let first = from; first < to; first += queriesPerBlock) {
    const last = Math.min(to, first + queriesPerBlock);
    for (let start = 0; start < references.rows; start += referencesPerBlock) {
      const end = Math.min(references.rows, start + referencesPerBlock);
      for (let query = first; query < last; query += rowsPerTile) passOver(range, query, [start, end], norms);
    }
  }
  for (let query = from; query < to; query++) settle(queries, references, query, found);
}

function squaredNorms({ numbers, numberWidth, rows }: MixedMatrix): Float64Array {
  const norms = new Float64Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let at = row * numberWidth; at < (row + 1) * numberWidth; at++) sum += (numbers[at] ?? 0) ** 2;
    norms[row] = sum;
  }
  return norms;
}

const tile = new Float64Array(8);

/** Holds four queries against a block of references and keeps what is nearer than the farthest kept so far. */
function passOver(
  { queries, references, to, isSameTable, found }: SearchRange,
  query: number,
  [start, end]: readonly [number, number],
  norms: Float64Array,
): void {
  const queryEnd = Math.min(rowsPerTile, to - query);
  for (let reference = start; reference < end; reference += 2) {
    productTile(queries, query, references, reference, tile);
    if (queries.codeWidth > 0) addMismatches(queries, query, references, reference, tile);
    for (let step = 0; step < 2 && reference + step < end; step++) {
      const index = reference + step;
      const norm = norms[index] ?? 0;
      for (let offset = 0; offset < queryEnd; offset++) {
        const score = (tile[4 * step + offset] ?? 0) + norm;
        if (score < (found.distances[(query + offset + 1) * found.count - 1] ?? 0))
          if (!isSameTable || index !== query + offset) insert(found, query + offset, index, score);
      }
    }
  }
}

/** Into the ascending list of one query; the last one falls out. */
function insert(
  { count, indexes, distances }: Neighbours,
  query: number,
  index: number,
  score: number,
): void {
  let place = (query + 1) * count - 1;
  for (; place > query * count && (distances[place - 1] ?? 0) > score; place--) {
    distances[place] = distances[place - 1] ?? 0;
    indexes[place] = indexes[place - 1] ?? 0;
  }
  distances[place] = score;
  indexes[place] = index;
}

/** Replaces the scores of one query by exact distances, in order. */
function settle(queries: MixedMatrix, references: MixedMatrix, query: number, found: Neighbours): void {
  const first = query * found.count;
  for (let rank = 0; rank < found.count; rank++) {
    const index = found.indexes[first + rank] ?? -1;
    if (index < 0) return;
    const distance = mixedDistance(queries, query, references, index);
    let place = first + rank;
    for (; place > first && (found.distances[place - 1] ?? 0) > distance; place--) {
      found.distances[place] = found.distances[place - 1] ?? 0;
      found.indexes[place] = found.indexes[place - 1] ?? 0;
    }
    found.distances[place] = distance;
    found.indexes[place] = index;
  }
}

/** The distance of two rows, worked out difference by difference. */
export function mixedDistance(left: MixedMatrix, row: number, right: MixedMatrix, other: number): number {
  const { numberWidth, codeWidth } = left;
  let sum = 0;
  for (let at = 0; at < numberWidth; at++)
    sum +=
      ((left.numbers[row * numberWidth + at] ?? 0) - (right.numbers[other * numberWidth + at] ?? 0)) ** 2;
  for (let at = 0; at < codeWidth; at++)
    if (left.codes[row * codeWidth + at] !== right.codes[other * codeWidth + at]) sum += 1;
  return Math.sqrt(sum);
}
