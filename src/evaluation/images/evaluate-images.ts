import { classError } from './class-error.js';
import { copiedImages } from './copied-images.js';
import type { CopiedImages } from './copied-images.js';
import { embedImages, embeddingSize } from './embed-images.js';
import type { Pictures } from './embed-images.js';
import { frechetDistance } from './frechet-distance.js';

export interface ImageFigures {
  /** Between the synthetic and the held-out images; `frechetOfTraining` is the same for the training images: what is possible. */
  readonly frechet: number;
  readonly frechetOfTraining: number;
  /** Of each label, the root mean square of differences between the mean images, from 0 to 255; null where one set has none. */
  readonly meanImages: readonly {
    readonly label: string;
    readonly synthetic: number | null;
    readonly training: number | null;
  }[];
  readonly copied: CopiedImages;
  /** Errors on held-out images of a classifier that learned from the training or from the synthetic images. */
  readonly errorOfTraining: number;
  readonly errorOfSynthetic: number;
}

/** Synthetic images against those they were learned from and others of the same source that nothing was learned from. */
export function evaluateImages(given: {
  readonly train: Pictures;
  readonly holdout: Pictures;
  readonly synthetic: Pictures;
}): ImageFigures {
  const { train, holdout, synthetic } = given;
  const [ofTrain, ofHoldout, ofSynthetic] = [train, holdout, synthetic].map((pictures) => ({
    features: embedImages(pictures),
    labels: pictures.labels,
  })) as [Embedded, Embedded, Embedded];
  const names = [...new Set(holdout.labels)].sort();
  return {
    frechet: frechetDistance(ofSynthetic.features, ofHoldout.features, embeddingSize),
    frechetOfTraining: frechetDistance(ofTrain.features, ofHoldout.features, embeddingSize),
    meanImages: names.map((label) => ({
      label,
      synthetic: apart(meanImage(synthetic, label), meanImage(holdout, label)),
      training: apart(meanImage(train, label), meanImage(holdout, label)),
    })),
    copied: copiedImages(given),
    errorOfTraining: classError(ofTrain, ofHoldout),
    errorOfSynthetic: classError(ofSynthetic, ofHoldout),
  };
}

interface Embedded {
  readonly features: Float64Array;
  readonly labels: readonly string[];
}

function meanImage({ side, pixels, labels }: Pictures, label: string): Float64Array | null {
  const size = side * side;
  const mean = new Float64Array(size);
  const of = [...labels.keys()].filter((at) => labels[at] === label);
  for (const at of of)
    for (let cell = 0; cell < size; cell += 1)
      mean[cell] = (mean[cell] ?? 0) + (pixels[at * size + cell] ?? 0) / of.length;
  return of.length === 0 ? null : mean;
}

function apart(left: Float64Array | null, right: Float64Array | null): number | null {
  if (!left || !right) return null;
  const squares = left.reduce((sum, value, at) => sum + (value - (right[at] ?? 0)) ** 2, 0);
  return Math.sqrt(squares / left.length);
}
