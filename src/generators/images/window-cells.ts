/** A window that moves two cells at a time over a picture with a border of one. */
const edge = 4;
const stride = 2;
const border = 1;

export const windowSize = edge * edge;

/**
 * Which cell each cell of a window is. Pictures lie one a row, their cells row by row, the channels of a cell side by
 * side. One window for each cell of a picture of half the side.
 * @returns for pictures × (side / 2)² windows, edge² × channels places among all cells; -1 beyond the border
 */
function windowCells(shape: {
  readonly pictures: number;
  readonly side: number;
  readonly channels: number;
}): Int32Array {
  const { pictures, side, channels } = shape;
  const half = side / stride;
  const places = new Int32Array(pictures * half * half * windowSize * channels);
  let next = 0;
  for (let picture = 0; picture < pictures; picture += 1)
    for (let window = 0; window < half * half; window += 1)
      for (let cell = 0; cell < windowSize; cell += 1) {
        const row = Math.floor(window / half) * stride - border + Math.floor(cell / edge);
        const column = (window % half) * stride - border + (cell % edge);
        const isInside = row >= 0 && row < side && column >= 0 && column < side;
        const first = (picture * side * side + row * side + column) * channels;
        for (let channel = 0; channel < channels; channel += 1) {
          places[next] = isInside ? first + channel : -1;
          next += 1;
        }
      }
  return places;
}

/** Remembers the places of the shapes that come again in every step. */
export class WindowCells {
  readonly #known = new Map<number, Int32Array>();

  constructor(
    readonly side: number,
    readonly channels: number,
  ) {}

  of(pictures: number): Int32Array {
    const known = this.#known.get(pictures);
    if (known) return known;
    const places = windowCells({ pictures, side: this.side, channels: this.channels });
    this.#known.set(pictures, places);
    return places;
  }
}
