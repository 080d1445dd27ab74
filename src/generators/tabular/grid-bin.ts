/** The values of one histogram bin that can be written with the column's decimals: (first + k) / scale, k < points. */
export interface GridBin {
  /** The smallest value, in units of the last decimal. */
  readonly first: number;
  /** How many values lie in the bin; 0 when the bin is finer than the decimals. */
  readonly points: number;
  /** 10 ^ decimals. */
  readonly scale: number;
}

export interface BinBounds {
  readonly lower: number;
  /** Exclusive, that of the last bin too. */
  readonly upper: number;
  readonly decimals: number;
}

export function gridBin({ lower, upper, decimals }: BinBounds): GridBin {
  const scale = 10 ** decimals;
  const first = Math.ceil(onGrid(lower * scale));
  return { first, points: Math.max(0, Math.ceil(onGrid(upper * scale)) - first), scale };
}

/** @param uniform in (0, 1) */
export function valueInBin({ first, points, scale }: GridBin, uniform: number): number {
  // Both operands are whole numbers, so the quotient is the double that the decimal text itself parses to.
  const value = (first + Math.min(points - 1, Math.floor(uniform * points))) / scale;
  return value === 0 ? 0 : value; // Not -0.
}

/** 0.29 * 100 is 28.999999999999996: an edge that lies on the grid must not lose its own value. */
function onGrid(scaled: number): number {
  const nearest = Math.round(scaled);
  return Math.abs(scaled - nearest) <= 1e-9 * Math.max(1, Math.abs(scaled)) ? nearest : scaled;
}
