import { wilsonInterval } from '../wilson-interval.js';
import type { ScoreInterval } from '../score.js';
import type { Pictures } from './embed-images.js';

export interface CopiedImages {
  /** Root mean square of pixel differences, from 0 to 255: nearer to a training image than this is a copy. */
  readonly threshold: number;
  /** Share of synthetic images that are as near to a training image. */
  readonly share: number;
  readonly interval: ScoreInterval;
  /** The same share among held-out images, which have seen no training image: what chance gives. */
  readonly chance: number;
  /** Share of synthetic images that are nearer to a training than to a held-out image; 0.5 by chance for halves of one size. */
  readonly nearerToTraining: number;
  /** Numbers of the synthetic images that are copies. */
  readonly copies: readonly number[];
}

/** Of held-out images so many are within the threshold of a training image. */
const chanceShare = 0.01;

/** Synthetic images that are nearer to a training image than all but 1 % of held-out images are. */
export function copiedImages(given: {
  readonly train: Pictures;
  readonly holdout: Pictures;
  readonly synthetic: Pictures;
}): CopiedImages {
  const { train, holdout, synthetic } = given;
  const ofHoldout = nearest(holdout, train);
  const threshold = ofHoldout.slice().sort()[Math.floor(chanceShare * ofHoldout.length)] ?? 0;
  const toTrain = nearest(synthetic, train);
  const toHoldout = nearest(synthetic, holdout);
  const copies = Array.from(toTrain.keys()).filter((at) => (toTrain[at] ?? Infinity) <= threshold);
  const chance = ofHoldout.filter((distance) => distance <= threshold).length / ofHoldout.length;
  const nearer = toTrain.reduce((sum, distance, at) => {
    const other = toHoldout[at] ?? Infinity;
    return sum + (distance < other ? 1 : distance === other ? 0.5 : 0);
  }, 0);
  return {
    ...{ threshold, chance, copies, share: copies.length / toTrain.length },
    interval: wilsonInterval(copies.length, toTrain.length),
    nearerToTraining: nearer / toTrain.length,
  };
}

/** Of each picture, how far the nearest of the others is. */
function nearest(pictures: Pictures, others: Pictures): Float64Array {
  const size = pictures.side ** 2;
  const [left, right] = [pictures.pixels, others.pixels];
  const distances = new Float64Array(left.length / size);
  for (let at = 0; at < distances.length; at += 1) {
    let best = Infinity;
    for (let other = 0; other < right.length; other += size) {
      let sum = 0;
      for (let cell = 0; cell < size && sum < best; cell += 1) {
        const difference = (left[at * size + cell] ?? 0) - (right[other + cell] ?? 0);
        sum += difference * difference;
      }
      if (sum < best) best = sum;
    }
    distances[at] = Math.sqrt(best / size);
  }
  return distances;
}
