import { Random } from '../../core/random/random.js';

/** Pictures to be compared. */
export interface Pictures {
  readonly side: number;
  /** pictures × side². */
  readonly pixels: Uint8Array;
  readonly labels: readonly string[];
}

const filters = 12;
const edge = 5;
const regions = 2;

/** Numbers of a picture. */
export const embeddingSize = filters * regions * regions;

/**
 * Fixed random convolution features, the same for everybody: 12 filters of 5 x 5 (uniform, mean 0), ReLU, and the mean of
 * each quarter of the picture. Random filters see edges and textures (Saxe et al. 2011, "On random weights and
 * unsupervised feature learning"); they know nothing of medicine.
 * @returns pictures × `embeddingSize`
 */
export function embedImages({ side, pixels }: Pictures): Float64Array {
  const bank = filterBank();
  const size = side * side;
  const count = pixels.length / size;
  const features = new Float64Array(count * embeddingSize);
  const inner = side - edge + 1;
  const cells = (inner / regions) ** 2;
  for (let picture = 0; picture < count; picture += 1)
    for (const [filter, weights] of bank.entries())
      for (let row = 0; row < inner; row += 1)
        for (let column = 0; column < inner; column += 1) {
          let sum = 0;
          for (let cell = 0; cell < weights.length; cell += 1) {
            const place = (row + Math.floor(cell / edge)) * side + column + (cell % edge);
            sum += (weights[cell] ?? 0) * (pixels[picture * size + place] ?? 0);
          }
          if (sum <= 0) continue;
          const region =
            Math.floor((row * regions) / inner) * regions + Math.floor((column * regions) / inner);
          const at = picture * embeddingSize + filter * regions * regions + region;
          features[at] = (features[at] ?? 0) + sum / (255 * cells);
        }
  return features;
}

function filterBank(): Float64Array[] {
  const random = Random.fromSeed('image embedding 1');
  return Array.from({ length: filters }, () => {
    const raw = Float64Array.from({ length: edge * edge }, () => 2 * random.uniform() - 1);
    const mean = raw.reduce((sum, value) => sum + value, 0) / raw.length;
    return raw.map((value) => value - mean);
  });
}
