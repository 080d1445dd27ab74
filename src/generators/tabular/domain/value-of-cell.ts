import type { NumbersDomain } from './public-domain.js';

/** A value of the cell, each on the grid as likely. @param uniform in (0, 1) */
export function valueOfCell(
  { decimals, first, points, cells }: NumbersDomain,
  cell: number,
  uniform: number,
): number {
  const start = Math.ceil((cell * points) / cells);
  const end = Math.ceil(((cell + 1) * points) / cells);
  const place = first + Math.min(end - 1, start + Math.floor(uniform * (end - start)));
  // Both operands are whole numbers, so the quotient is the double that the decimal text itself parses to.
  return place === 0 ? 0 : place / 10 ** decimals; // Not -0.
}
