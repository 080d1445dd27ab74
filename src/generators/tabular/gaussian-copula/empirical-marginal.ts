import type { TailBounds } from '../guards/tail-bounds.js';
import type { NumberMarginal } from './marginal.js';

export interface EmpiricalOptions {
  /** Values that may come out as they are. */
  readonly isCommon: (value: number) => boolean;
  /** Rows whose mean makes a knot. */
  readonly knotRows: number;
  readonly bounds: TailBounds;
}

/** Neighbouring values that the model knows by their mean alone, or one value that many rows have. */
interface Chunk {
  readonly rows: number;
  readonly mean: number;
  readonly median: number;
  readonly isCommon: boolean;
}

/** Parts of an end chunk that the quantiles of its law are kept at. */
const endParts = 8;

/**
 * The values of the rows themselves, blurred: a common value keeps its share, and of all others only the means of
 * `knotRows` neighbours are kept, so that no value of one person is in the model. A knot between two such chunks
 * lies half way between their means, and stretches too short for a mean reach from one common value to the next.
 * @param sorted ascending, at least one
 */
export function empiricalMarginal(sorted: Float64Array, options: EmpiricalOptions): NumberMarginal {
  const { bounds } = options;
  const chunks = chunksOf(sorted, options);
  const edges = chunks.map((_, place) => edgesOf(chunks, place, bounds));
  const probabilities: number[] = [];
  const values: number[] = [];
  let rows = 0;
  chunks.forEach((chunk, place) => {
    const { low, high } = edges[place] ?? bounds;
    const knots = isEnd(chunks, place) ? endKnots(chunk, { low, high }, place === 0) : [low, high];
    knots.forEach((value, index) => {
      const share = index / (knots.length - 1);
      probabilities.push((rows + share * chunk.rows) / sorted.length);
      values.push(Math.min(bounds.high, Math.max(bounds.low, value)));
    });
    rows += chunk.rows;
  });
  return {
    kind: 'numbers',
    distribution: 'empirical',
    parameters: {},
    probabilities: Float64Array.from(probabilities),
    values: Float64Array.from(values),
  };
}

function chunksOf(sorted: Float64Array, { isCommon, knotRows }: EmpiricalOptions): Chunk[] {
  const chunks: Chunk[] = [];
  let from = 0;
  while (from < sorted.length) {
    const value = sorted[from] ?? NaN;
    let to = from;
    if (isCommon(value)) {
      while (sorted[to] === value) to += 1;
      chunks.push({ rows: to - from, mean: value, median: value, isCommon: true });
    } else {
      while (to < sorted.length && !isCommon(sorted[to] ?? NaN)) to += 1;
      chunks.push(...meansOf(sorted.subarray(from, to), knotRows));
    }
    from = to;
  }
  return chunks;
}

/** As many chunks as have `knotRows` rows each; a single one, without a mean of its own, when there are fewer. */
function meansOf(run: Float64Array, knotRows: number): Chunk[] {
  if (run.length < knotRows) return [{ rows: run.length, mean: NaN, median: NaN, isCommon: false }];
  const count = Math.floor(run.length / knotRows);
  return Array.from({ length: count }, (_, index) => {
    const part = run.subarray(
      Math.floor((index * run.length) / count),
      Math.floor(((index + 1) * run.length) / count),
    );
    const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
    return { rows: part.length, mean, median: part[part.length >> 1] ?? NaN, isCommon: false };
  });
}

/** The stretch of values that a chunk stands for. */
function edgesOf(chunks: readonly Chunk[], place: number, bounds: TailBounds): { low: number; high: number } {
  const chunk = chunks[place];
  if (!chunk || chunk.isCommon) return { low: chunk?.mean ?? NaN, high: chunk?.mean ?? NaN };
  const below = edgeBetween(chunks[place - 1], chunk);
  const above = edgeBetween(chunks[place + 1], chunk);
  // At an end of the column the last chunk reaches as far out of its mean as in.
  const low = below ?? (Number.isNaN(chunk.mean) ? bounds.low : 2 * chunk.mean - (above ?? chunk.mean));
  const high = above ?? (Number.isNaN(chunk.mean) ? bounds.high : 2 * chunk.mean - (below ?? chunk.mean));
  return {
    low: Math.min(Math.max(low, bounds.low), bounds.high),
    high: Math.min(Math.max(high, bounds.low), bounds.high),
  };
}

function isEnd(chunks: readonly Chunk[], place: number): boolean {
  const chunk = chunks[place];
  const isOuter = place === 0 || place === chunks.length - 1;
  return chunk !== undefined && isOuter && chunks.length > 1 && !Number.isNaN(chunk.mean) && !chunk.isCommon;
}

/** An exponential law outwards from the inner edge, with the median of the chunk. */
function endKnots(
  { median }: Chunk,
  { low, high }: { low: number; high: number },
  isFirst: boolean,
): number[] {
  const inner = isFirst ? high : low;
  const scale = Math.abs(median - inner) / Math.LN2;
  const knots = Array.from({ length: endParts + 1 }, (_, part) => {
    const outwards = -scale * Math.log(1 - Math.min(part, endParts - 0.5) / endParts);
    return isFirst ? inner - outwards : inner + outwards;
  });
  return isFirst ? knots.reverse() : knots;
}

/** Null where nothing follows. */
function edgeBetween(neighbour: Chunk | undefined, chunk: Chunk): number | null {
  if (neighbour === undefined) return null;
  if (neighbour.isCommon) return neighbour.mean;
  return (neighbour.mean + chunk.mean) / 2;
}
