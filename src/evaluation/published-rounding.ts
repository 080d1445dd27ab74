import type { DisclosureControl } from '../core/profile/profile.js';
import type { EvaluationContext } from './evaluation-context.js';

/** Where the evaluation names no floor, and for rounding: those of policies/disclosure.json. */
const [floorDefault, countRounding] = [10, 5];

/** How counts of real rows are published in figures that would otherwise give them away beside the known synthetic rows. */
export function roundingOf({
  cellCountFloor = 0,
}: EvaluationContext): Pick<DisclosureControl, 'cellCountMin' | 'countRounding'> {
  return { cellCountMin: Math.max(floorDefault, cellCountFloor), countRounding };
}
