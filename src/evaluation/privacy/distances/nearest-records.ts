import type { Random } from '../../../core/random/random.js';
import type { Compared } from '../compared/compared.js';
import { clusterBootstrap } from '../statistics/cluster-bootstrap.js';

/** Of a synthetic row; rank 0 is the nearest record. */
export type RecordDistance = (row: number, rank: 0 | 1) => number;

/** Each synthetic row's two nearest training and two nearest held-out records. */
export interface NearestRecords {
  readonly rows: number;
  readonly train: RecordDistance;
  readonly holdout: RecordDistance;
  /** The nearest record of both halves, by a number of its own. */
  readonly clusters: Int32Array;
}

export async function nearestRecords(
  compared: Compared,
  chosen: readonly number[] = compared.allColumns,
): Promise<NearestRecords> {
  const train = await compared.nearest('candidate', 'train', 2, chosen);
  const holdout = await compared.nearest('candidate', 'holdout', 2, chosen);
  const rows = compared.sampled.candidate.rowCount;
  const clusters = Int32Array.from({ length: rows }, (_, row) => {
    const isHoldout = (holdout.distances[2 * row] ?? 0) < (train.distances[2 * row] ?? 0);
    return isHoldout ? -1 - (holdout.indexes[2 * row] ?? 0) : (train.indexes[2 * row] ?? 0);
  });
  return {
    rows,
    train: (row, rank) => train.distances[2 * row + rank] ?? NaN,
    holdout: (row, rank) => holdout.distances[2 * row + rank] ?? NaN,
    clusters,
  };
}

/** The mean over the synthetic rows of a score whose values lie `spread` to each side of its middle. */
export function meanOverRows(
  records: NearestRecords,
  score: (row: number) => number,
  {
    spread,
    random,
    looks = 1,
  }: { readonly spread: number; readonly random: Random; readonly looks?: number },
): ReturnType<typeof clusterBootstrap> {
  const scores = Float64Array.from({ length: records.rows }, (_, row) => score(row));
  return clusterBootstrap(scores, records.clusters, spread, random, looks);
}
