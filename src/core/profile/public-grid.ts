/** Multiples of `mantissa` x 10^`exponent`: a grid that depends on no record. */
export interface PublicGrid {
  readonly mantissa: 1 | 2 | 5;
  readonly exponent: number;
}

/** The finest grid whose step is at least `least` (> 0). */
export function gridOfStep(least: number): PublicGrid {
  // Starting one power low makes up for a logarithm that is rounded up.
  for (let exponent = Math.floor(Math.log10(least)) - 1; ; exponent += 1) {
    for (const mantissa of [1, 2, 5] as const) {
      const grid = { mantissa, exponent };
      if (gridPoint(grid, 1) >= least) return grid;
    }
  }
}

/** The grid's point `index`, as the double nearest to the decimal that is written. */
export function gridPoint({ mantissa, exponent }: PublicGrid, index: number): number {
  if (exponent < 0) return (index * mantissa) / 10 ** -exponent;
  return index * mantissa * 10 ** exponent;
}

/** How many steps from zero a value is, when it need not lie on the grid. */
export function gridPosition({ mantissa, exponent }: PublicGrid, value: number): number {
  if (exponent < 0) return (value * 10 ** -exponent) / mantissa;
  return value / (mantissa * 10 ** exponent);
}

/** SQL: how many steps from zero `value` (a DOUBLE expression) is. */
export function gridPositionSql({ mantissa, exponent }: PublicGrid, value: string): string {
  if (exponent < 0) return `${value} * 1e${-exponent} / ${mantissa}`;
  return `${value} / ${mantissa}e${exponent}`;
}
