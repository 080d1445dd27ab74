import { Random } from '../../core/random/random.js';
import { Calculus } from '../../core/tensor/calculus.js';
import { PlainOps } from '../../core/tensor/testing/plain-ops.js';
import { Pass } from '../tabular/neural/layers/pass.js';
import { Weights } from '../tabular/neural/layers/weights.js';
import { DoublingConvolution } from './doubling-convolution.js';
import { fitImages } from './fit-images.js';
import { HalvingConvolution } from './halving-convolution.js';
import { loadImageModel, saveImageModel } from './image-model.js';
import type { ImageModel } from './image-model.js';
import type { LabelledImage } from './image-set.js';
import { sampleImages } from './sample-images.js';
import type { SampleImagesOptions } from './sample-images.js';
import { shapes } from './testing/shapes.js';

const random = Random.fromSeed('42');

async function make(model: ImageModel, options: SampleImagesOptions): Promise<LabelledImage[]> {
  const made: LabelledImage[] = [];
  for await (const image of sampleImages(model, options)) made.push(image);
  return made;
}

describe('convolutions', () => {
  const ops = new PlainOps();
  const weights = new Weights(ops, random);
  const pass = new Pass(new Calculus(ops), { trained: [weights], isTraining: true, random });
  const numbers = (size: number, name: string): Float32Array =>
    Float32Array.from({ length: size }, (_, at) => random.fork(name).uniformAt(at) - 0.5);

  it('of half the side are the sums over windows of four', () => {
    const layer = new HalvingConvolution(weights, 'down', { side: 4, channels: 2 }, 3);
    const x = numbers(2 * 32, 'x');
    const made = ops.read(layer.apply(pass, pass.constant(2, 32, x)).value);
    const [kernel, bias] = weights.all.slice(-2).map(({ value }) => ops.read(value));
    for (const [at, value] of made.entries()) {
      const [picture, window, out] = [Math.floor(at / 12), Math.floor(at / 3) % 4, at % 3];
      let sum = bias![out]!;
      for (let row = 0; row < 4; row += 1)
        for (let column = 0; column < 4; column += 1)
          for (let channel = 0; channel < 2; channel += 1) {
            const [y, z] = [2 * Math.floor(window / 2) - 1 + row, 2 * (window % 2) - 1 + column];
            if (y < 0 || y > 3 || z < 0 || z > 3) continue;
            sum +=
              x[picture * 32 + (4 * y + z) * 2 + channel]! *
              kernel![((4 * row + column) * 2 + channel) * 3 + out]!;
          }
      expect(value).toBeCloseTo(sum, 5);
    }
  });

  it('of twice the side are their transposes: ⟨down x, y⟩ = ⟨x, up y⟩ with the same weights', () => {
    const down = new HalvingConvolution(weights, 'a', { side: 4, channels: 2 }, 3);
    const [kernel, bias] = weights.all.slice(-2);
    const up = new DoublingConvolution(weights, 'b', { side: 2, channels: 3 }, 2);
    const [upKernel, upBias] = weights.all.slice(-2);
    const values = ops.read(kernel!.value);
    const turned = Float32Array.from({ length: 96 }, (_, at) => values[(at % 32) * 3 + Math.floor(at / 32)]!);
    ops.write(upKernel!.value, turned);
    ops.write(upBias!.value, new Float32Array(2));
    ops.write(bias!.value, new Float32Array(3));
    const [x, y] = [numbers(32, 'left'), numbers(12, 'right')];
    const dot = (left: Float32Array, right: Float32Array): number =>
      left.reduce((sum, value, at) => sum + value * right[at]!, 0);
    const smaller = ops.read(down.apply(pass, pass.constant(1, 32, x)).value);
    const larger = ops.read(up.apply(pass, pass.constant(1, 12, y)).value);
    expect(dot(smaller, y)).toBeCloseTo(dot(x, larger), 4);
  });
});

describe('the generator of images', () => {
  const images = shapes(90, 8, random);
  const parameters = { stepsMax: 6, batchRows: 10, channels: 2, noise: 4, criticSteps: 1 };
  let model: ImageModel;
  beforeAll(async () => {
    model = await fitImages(images, { parameters, random });
  });

  it('learns the same from the same images, and draws the same after it was saved', async () => {
    const again = await fitImages(images, { parameters, random });
    expect(Buffer.compare(saveImageModel(again), saveImageModel(model))).toBe(0);
    const loaded = loadImageModel(saveImageModel(model));
    expect(await make(loaded, { images: 40, random })).toEqual(await make(model, { images: 40, random }));
  });

  it('starts with the same images whatever their number, with the labels of the source or the one asked for', async () => {
    const made = await make(model, { images: 70, random });
    expect(await make(model, { images: 7, random })).toEqual(made.slice(0, 7));
    expect(new Set(made.map(({ label }) => label))).toEqual(new Set(images.names));
    const discs = await make(model, { images: 5, random, label: 'disc' });
    expect(discs.map(({ label }) => label)).toEqual(new Array(5).fill('disc'));
    await expect(make(model, { images: 5, random, label: 'star' })).rejects.toThrow('not one of the labels');
  });

  it('refuses labels of a few, sides it cannot halve twice, and damaged models', async () => {
    await expect(fitImages(shapes(30, 8, random), { parameters, random })).rejects.toThrow('are needed');
    await expect(fitImages(shapes(90, 10, random), { parameters, random })).rejects.toThrow('multiple of 4');
    expect(() => loadImageModel(saveImageModel({ ...model, names: ['disc'] }))).toThrow('counts');
    expect(() => loadImageModel(saveImageModel({ ...model, weights: {} }))).toThrow('weights');
  });
});
