/**
 * Rows of numbers and codes, each row-major. The squared distance of two rows is the sum of the squared differences
 * of their numbers plus one for each code that differs: what one-hot columns scaled by sqrt(1/2) would give, without
 * their width. Rows are padded to a multiple of `rowsPerTile`, so that kernels need no special last tile.
 */
export interface MixedMatrix {
  readonly rows: number;
  readonly numberWidth: number;
  readonly codeWidth: number;
  /** Over shared memory, so that threads read it in place. */
  readonly numbers: Float64Array<SharedArrayBuffer>;
  readonly codes: Int32Array<SharedArrayBuffer>;
}

export const rowsPerTile = 4;

export interface MixedShape {
  readonly rows: number;
  readonly numberWidth: number;
  readonly codeWidth: number;
}

/** All numbers and codes are 0. */
export function createMixedMatrix({ rows, numberWidth, codeWidth }: MixedShape): MixedMatrix {
  const padded = Math.ceil(rows / rowsPerTile) * rowsPerTile;
  return {
    rows,
    numberWidth,
    codeWidth,
    numbers: new Float64Array(new SharedArrayBuffer(8 * padded * numberWidth)),
    codes: new Int32Array(new SharedArrayBuffer(4 * padded * codeWidth)),
  };
}
