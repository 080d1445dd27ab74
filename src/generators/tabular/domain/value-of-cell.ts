import type { NumbersDomain } from './public-domain.js';

/** A value of the cell, each on the grid as likely. @param uniform in (0, 1) */
export function valueOfCell(domain: NumbersDomain, cell: number, uniform: number): number {
  const { decimals, first, step = 1 } = domain;
  const place = first + step * pointOfCell(domain, cell, uniform);
  // Both operands are whole numbers, so the quotient is the double that the decimal text itself parses to.
  return place === 0 ? 0 : place / 10 ** decimals; // Not -0.
}

function pointOfCell({ points, cells, atoms }: NumbersDomain, cell: number, uniform: number): number {
  if (cell >= cells) return atoms?.[cell - cells] ?? 0;
  const start = Math.ceil((cell * points) / cells);
  const end = Math.ceil(((cell + 1) * points) / cells);
  return Math.min(end - 1, start + Math.floor(uniform * (end - start)));
}
