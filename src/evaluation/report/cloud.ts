import type { DisclosureControl } from '../../core/profile/profile.js';
import type { Feature } from '../fidelity/encoding/features.js';
import { cloudGrid } from '../fidelity/similarity/grid-overlap.js';
import { projectBoth } from '../fidelity/similarity/principal-components.js';
import type { Cloud } from './report.js';

const side = 16;

/** Both tables on the real components as shares of squares. A square of fewer records than the smallest cell is empty. */
export function cloudOf(
  table: string,
  features: readonly Feature[],
  { cellCountMin, countRounding }: DisclosureControl,
): Cloud[] {
  const projected = projectBoth(features);
  if (!projected) return [];
  const grid = cloudGrid(projected, side);
  const shares = (counts: Float64Array): number[] => {
    const rows = counts.reduce((sum, count) => sum + count, 0);
    return Array.from(counts, (count) =>
      count < cellCountMin ? 0 : (Math.round(count / countRounding) * countRounding) / rows,
    );
  };
  return [{ table, side, real: shares(grid.real), synthetic: shares(grid.synthetic) }];
}
