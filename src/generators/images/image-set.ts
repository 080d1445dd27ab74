/** Square grey images with a label each. */
export interface ImageSet {
  /** Pixels of an edge. */
  readonly side: number;
  /** images × side²; each image row by row, 0 black, 255 white. */
  readonly pixels: Uint8Array;
  /** Of each image, a place in `names`. */
  readonly labels: Int32Array;
  readonly names: readonly string[];
}

export interface LabelledImage {
  readonly label: string;
  /** side², row by row. */
  readonly pixels: Uint8Array;
}

/** Images that cannot be learned from or compared. */
export class ImageSetError extends Error {
  constructor(problem: string) {
    super(`The images: ${problem}.`);
    this.name = 'ImageSetError';
  }
}

/** @throws {ImageSetError} */
export function imageSetOf(side: number, images: readonly LabelledImage[]): ImageSet {
  const names = [...new Set(images.map(({ label }) => label))].sort((a, b) => (a < b ? -1 : 1));
  const places = new Map(names.map((name, place) => [name, place]));
  const size = side * side;
  const pixels = new Uint8Array(images.length * size);
  for (const [at, image] of images.entries()) {
    if (image.pixels.length !== size)
      throw new ImageSetError(`number ${at + 1} has ${image.pixels.length} pixels, not ${side} x ${side}`);
    pixels.set(image.pixels, at * size);
  }
  return { side, pixels, labels: Int32Array.from(images, ({ label }) => places.get(label) ?? 0), names };
}

export const imageAt = ({ side, pixels }: ImageSet, at: number): Uint8Array =>
  pixels.subarray(at * side * side, (at + 1) * side * side);
