import { Random } from '../../core/random/random.js';
import { copiedImages } from './copied-images.js';
import type { Pictures } from './embed-images.js';
import { evaluateImages } from './evaluate-images.js';
import { frechetDistance } from './frechet-distance.js';

const random = Random.fromSeed('pictures');
const side = 12;
const size = side * side;

/** Bright squares on the left or on the right, of any height, on noise. */
function pictures(count: number, name: string): Pictures {
  const own = random.fork(name);
  const labels = Array.from({ length: count }, (_, at) => (own.uniformAt(at, 0) < 0.5 ? 'left' : 'right'));
  const pixels = Uint8Array.from({ length: count * size }, (_, cell) => {
    const at = Math.floor(cell / size);
    const [row, column] = [Math.floor((cell % size) / side), cell % side];
    const top = Math.floor(8 * own.uniformAt(at, 1));
    const isInk = row >= top && row < top + 4 && (labels[at] === 'left' ? column < 5 : column > 6);
    return (isInk ? 150 : 10) + 60 * own.uniformAt(at, 2 + (cell % size));
  });
  return { side, pixels, labels };
}

const [train, holdout, fresh] = [pictures(120, 'train'), pictures(120, 'holdout'), pictures(120, 'fresh')];

/** The first `count` replaced by training images with a little noise. */
function planted(count: number): Pictures {
  const pixels = fresh.pixels.slice();
  for (let cell = 0; cell < count * size; cell += 1)
    pixels[cell] = Math.min(255, train.pixels[cell]! + 4 * random.uniformAt(cell));
  return { ...fresh, pixels };
}

describe('the checks of images', () => {
  it('find planted copies, all and no others', () => {
    const clean = copiedImages({ train, holdout, synthetic: fresh });
    const found = copiedImages({ train, holdout, synthetic: planted(12) });
    expect(found.copies.slice(0, 12)).toEqual(Array.from({ length: 12 }, (_, at) => at));
    expect(found.interval.low).toBeGreaterThan(found.chance);
    expect(clean.copies.length).toBeLessThan(10);
    expect(clean.interval.low).toBeLessThanOrEqual(clean.chance);
    // Binomial(120, 1/2): an sd of 0.046.
    expect(Math.abs(clean.nearerToTraining - 0.5)).toBeLessThan(0.18);
    expect(found.nearerToTraining).toBeGreaterThan(clean.nearerToTraining);
  });

  it('tell images of the source from noise and from wrong labels', () => {
    const good = evaluateImages({ train, holdout, synthetic: fresh });
    expect(good.errorOfTraining).toBeLessThan(0.05);
    expect(good.errorOfSynthetic).toBeLessThan(0.05);
    expect(good.frechet).toBeLessThan(3 * good.frechetOfTraining);
    const turned = fresh.labels.map((label) => (label === 'left' ? 'right' : 'left'));
    const wrong = evaluateImages({ train, holdout, synthetic: { ...fresh, labels: turned } });
    expect(wrong.errorOfSynthetic).toBeGreaterThan(0.9);
    expect(wrong.meanImages[0]!.synthetic!).toBeGreaterThan(4 * good.meanImages[0]!.synthetic!);
    const noise = Uint8Array.from(fresh.pixels, (_, cell) => 255 * random.uniformAt(cell, 7));
    const noisy = evaluateImages({ train, holdout, synthetic: { ...fresh, pixels: noise } });
    expect(noisy.frechet).toBeGreaterThan(10 * good.frechet);
  });

  it('have a Fréchet distance of 0 between equal sets and of (a - b)² + (s - t)² between normals', () => {
    const line = (mean: number, sd: number): Float64Array =>
      Float64Array.from({ length: 2001 }, (_, at) => mean + sd * Math.sqrt(3) * (at / 1000 - 1));
    expect(frechetDistance(line(1, 2), line(1, 2), 1)).toBeCloseTo(0, 9);
    expect(frechetDistance(line(1, 2), line(4, 3), 1)).toBeCloseTo(10, 1);
  });
});
