import type { Random } from '../../../core/random/random.js';
import { imageSetOf } from '../image-set.js';
import type { ImageSet, LabelledImage } from '../image-set.js';

const kinds = ['disc', 'frame', 'stripes'] as const;

/** Discs, frames and stripes of any place, size and shade on a noisy ground: drawn by rule, of nobody. */
export function shapes(count: number, side: number, random: Random): ImageSet {
  return imageSetOf(
    side,
    Array.from({ length: count }, (_, at) => shape(at, side, random)),
  );
}

function shape(at: number, side: number, random: Random): LabelledImage {
  const draw = (kind: number): number => random.uniformAt(at, kind);
  const label = kinds[Math.floor(draw(0) * kinds.length)] ?? 'disc';
  const [x, y] = [side * (0.35 + 0.3 * draw(1)), side * (0.35 + 0.3 * draw(2))];
  const radius = side * (0.15 + 0.15 * draw(3));
  const shade = 150 + 100 * draw(4);
  const isInk = (row: number, column: number): boolean => {
    const [down, across] = [Math.abs(row - y), Math.abs(column - x)];
    if (label === 'disc') return Math.hypot(down, across) < radius;
    const distance = Math.max(down, across);
    if (label === 'frame') return distance < radius && distance > radius - side / 12;
    return distance < radius && Math.floor((row / side) * 16) % 2 === 0;
  };
  const pixels = Uint8Array.from({ length: side * side }, (_, cell) => {
    const ground = 20 * random.uniformAt(at, 5 + cell);
    return isInk(Math.floor(cell / side), cell % side) ? shade : ground;
  });
  return { label, pixels };
}
