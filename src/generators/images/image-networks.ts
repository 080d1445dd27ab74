import type { Variable } from '../../core/tensor/variable.js';
import { BatchNorm } from '../tabular/neural/layers/batch-norm.js';
import { Dense } from '../tabular/neural/layers/dense.js';
import type { Pass } from '../tabular/neural/layers/pass.js';
import type { Weights } from '../tabular/neural/layers/weights.js';
import { DoublingConvolution } from './doubling-convolution.js';
import { HalvingConvolution } from './halving-convolution.js';

export interface ImageNetworkSizes {
  readonly side: number;
  readonly labels: number;
  /** Numbers of a cell in the layer next to the picture; twice as many in the one before. */
  readonly channels: number;
  readonly noise: number;
}

const slope = 0.2;

/** Noise and a label to a picture of numbers from -1 to 1: Radford et al. 2016, "Unsupervised representation learning with DCGAN". */
export class ImageGenerator {
  readonly #first: Dense;
  readonly #norms: readonly BatchNorm[];
  readonly #middle: DoublingConvolution;
  readonly #last: DoublingConvolution;
  readonly #sizes: ImageNetworkSizes;

  constructor(weights: Weights, sizes: ImageNetworkSizes) {
    const { side, channels, noise, labels } = sizes;
    const quarter = side / 4;
    this.#sizes = sizes;
    this.#first = new Dense(weights, 'first', {
      inputs: noise + labels,
      outputs: quarter * quarter * 2 * channels,
    });
    this.#middle = new DoublingConvolution(
      weights,
      'middle',
      { side: quarter, channels: 2 * channels },
      channels,
    );
    this.#last = new DoublingConvolution(weights, 'last', { side: side / 2, channels }, 1);
    this.#norms = [
      new BatchNorm(weights, 'norm/0', 2 * channels),
      new BatchNorm(weights, 'norm/1', channels),
    ];
  }

  /** @param x pictures × (noise + labels) @returns pictures × side² */
  apply(pass: Pass, x: Variable): Variable {
    const { calculus } = pass;
    const { side, channels } = this.#sizes;
    const pictures = x.value.rows;
    const quarter = side / 4;
    const started = calculus.reshape(this.#first.apply(pass, x), pictures * quarter * quarter, 2 * channels);
    const small = this.#active(pass, started, 0);
    const halfCells = this.#middle.apply(
      pass,
      calculus.reshape(small, pictures, quarter * quarter * 2 * channels),
    );
    const half = calculus.reshape(
      this.#active(pass, halfCells, 1),
      pictures,
      (side / 2) * (side / 2) * channels,
    );
    return calculus.tanh(calculus.reshape(this.#last.apply(pass, half), pictures, side * side));
  }

  #active(pass: Pass, cells: Variable, layer: number): Variable {
    const normal = this.#norms[layer]?.apply(pass, cells) ?? cells;
    return pass.calculus.relu(normal);
  }
}

/** Numbers of each of the generator's weights, by name. */
export function imageGeneratorShapes(sizes: ImageNetworkSizes): ReadonlyMap<string, number> {
  const { side, channels, noise, labels } = sizes;
  const first = (side / 4) ** 2 * 2 * channels;
  const norm = (name: string, size: number): [string, number][] =>
    ['scale', 'shift', 'mean', 'variance'].map((part) => [`${name}/${part}`, size]);
  return new Map([
    ['first/weights', (noise + labels) * first],
    ['first/bias', first],
    ['middle/weights', 2 * channels * 16 * channels],
    ['middle/bias', channels],
    ['last/weights', channels * 16],
    ['last/bias', 1],
    ...norm('norm/0', 2 * channels),
    ...norm('norm/1', channels),
  ]);
}

/** How real a picture looks for its label: Miyato and Koyama 2018, "cGANs with projection discriminator". */
export class ImageCritic {
  readonly #convolutions: readonly HalvingConvolution[];
  readonly #last: Dense;

  constructor(weights: Weights, { side, channels, labels }: ImageNetworkSizes) {
    this.#convolutions = [
      new HalvingConvolution(weights, 'first', { side, channels: 1 }, channels),
      new HalvingConvolution(weights, 'middle', { side: side / 2, channels }, 2 * channels),
    ];
    this.#last = new Dense(weights, 'last', { inputs: (side / 4) ** 2 * 2 * channels, outputs: 1 + labels });
  }

  /** @param labels pictures × labels, one 1 a row @returns pictures × 1 */
  apply(pass: Pass, x: Variable, labels: Variable): Variable {
    const { calculus } = pass;
    const inside = this.#convolutions.reduce(
      (seen, convolution) => calculus.leaky(convolution.apply(pass, seen), slope),
      x,
    );
    const judged = this.#last.apply(pass, inside);
    const any = calculus.sliceColumns(judged, 0, 1);
    const own = calculus.sliceColumns(judged, 1, judged.value.columns);
    return calculus.add(any, calculus.rowSums(calculus.multiply(own, labels)));
  }
}
