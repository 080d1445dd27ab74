import type { Random } from '../../../core/random/random.js';
import type { Interval } from '../../check.js';
import { errorsWide, intervalLevel } from './levels.js';

const replicates = 200;

interface Clustered {
  readonly mean: number;
  readonly interval: Interval;
}

/**
 * The mean of the scores, with an interval from a bootstrap that draws whole clusters: synthetic rows that share their
 * nearest real record succeed or fail together, and drawing them one by one would make the interval too narrow. The
 * error is never taken below that of labels tossed once a cluster, `spread` being half the range of a score.
 */
export function clusterBootstrap(
  scores: Float64Array,
  clusters: Int32Array,
  spread: number,
  random: Random,
  looks = 1,
): Clustered {
  const { sums, counts } = totals(scores, clusters);
  const mean = sumOf(sums) / scores.length;
  let tossed = 0;
  for (const count of counts) tossed += count ** 2;
  const error = Math.max(
    bootstrapError(sums, counts, mean, random),
    (spread * Math.sqrt(tossed)) / scores.length,
  );
  const width = errorsWide(looks) * error;
  return { mean, interval: { low: mean - width, high: mean + width, level: intervalLevel } };
}

interface Totals {
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

function totals(scores: Float64Array, clusters: Int32Array): Totals {
  const places = new Map<number, number>();
  const sums: number[] = [];
  const counts: number[] = [];
  scores.forEach((score, row) => {
    const cluster = clusters[row] ?? -1;
    const place = places.get(cluster) ?? places.size;
    places.set(cluster, place);
    sums[place] = (sums[place] ?? 0) + score;
    counts[place] = (counts[place] ?? 0) + 1;
  });
  return { sums: Float64Array.from(sums), counts: Float64Array.from(counts) };
}

function bootstrapError(sums: Float64Array, counts: Float64Array, mean: number, random: Random): number {
  let squares = 0;
  for (let replicate = 0; replicate < replicates; replicate++) {
    let [sum, count] = [0, 0];
    for (let draw = 0; draw < sums.length; draw++) {
      const cluster = Math.floor(sums.length * random.uniformAt(draw, replicate));
      sum += sums[cluster] ?? 0;
      count += counts[cluster] ?? 0;
    }
    squares += (sum / count - mean) ** 2;
  }
  return Math.sqrt(squares / replicates);
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
