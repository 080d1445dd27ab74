import type { NumericProfile } from '../../../core/profile/profile.js';
import { gridOfStep, gridPoint, gridPosition, type PublicGrid } from '../../../core/profile/public-grid.js';

/** A profile's grid has no more cells than this between its outer edges (buildHistogram looks at 4096 and a few). */
const cellsMax = 4200;
/** What doubles make of decimals, as a share of one step. */
const tolerance = 1e-6;

/** Whether the edges rise and lie on one public grid that is as coarse as the profile's own would be. */
export function liesOnGrid({ edges, decimals }: Pick<NumericProfile, 'edges' | 'decimals'>): boolean {
  const [first] = edges;
  const last = edges.at(-1);
  if (first === undefined || last === undefined || !edges.every(Number.isFinite)) return false;
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > 15) return false;
  if (edges.some((edge, index) => index > 0 && edge <= (edges[index - 1] ?? edge))) return false;
  const range = last / 2 - first / 2;
  const least = Math.max((range / cellsMax) * 2, 1 / 10 ** decimals);
  if (!(least < Infinity)) return false;
  for (
    let grid = gridOfStep(least);
    gridPoint(grid, 1) / 2 <= range * (1 + tolerance);
    grid = nextGrid(grid)
  ) {
    if (edges.every((edge) => isPoint(grid, edge))) return true;
  }
  return false;
}

function nextGrid({ mantissa, exponent }: PublicGrid): PublicGrid {
  if (mantissa === 5) return { mantissa: 1, exponent: exponent + 1 };
  return { mantissa: mantissa === 1 ? 2 : 5, exponent };
}

function isPoint(grid: PublicGrid, edge: number): boolean {
  const position = gridPosition(grid, edge);
  const slack = Math.max(tolerance, Math.abs(position) * Number.EPSILON * 4);
  return Math.abs(position - Math.round(position)) <= slack;
}
