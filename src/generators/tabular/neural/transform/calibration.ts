import type { NumberMarginal } from '../../gaussian-copula/marginal.js';
import type { Random } from '../../../../core/random/random.js';
import type { ColumnCalibration } from './column-calibration.js';
import { drawChoice, rawNumber } from './decode-rows.js';
import type { MadeRows } from './decode-rows.js';
import { choiceRows, placesOf } from './table-layout.js';
import type { ColumnPlace, TableLayout } from './table-layout.js';

/** Rows of the network that its laws are taken from. */
export const calibrationRows = 8192;

/** A share that the network never gives is not made up. */
const weightMax = 1000;
const rounds = 40;
const quantiles = 256;

/**
 * Networks learn how columns go together better than the law of each. Numbers keep their rank among the made ones and
 * get the source's quantile at it; shares of choices are weighted until their means are those of the source (raking:
 * Deming and Stephan 1940). Both rest on guarded counts and means alone.
 * @param made rows of the trained network
 * @param rowCount of the source
 */
export function fitCalibration(
  layout: TableLayout,
  made: MadeRows,
  { rowCount, random }: { readonly rowCount: number; readonly random: Random },
): readonly ColumnCalibration[] {
  return placesOf(layout).map((place) => {
    const weights = rakedWeights(place, made, rowCount);
    return { weights, law: lawOf(place, made, { weights, random: random.fork(place.column.name) }) };
  });
}

function rakedWeights(place: ColumnPlace, { cells, width, rows }: MadeRows, rowCount: number): Float64Array {
  const { choices, choicesStart } = place;
  const groups = choiceRows(place.column, rowCount);
  const weights = new Float64Array(choices).fill(1);
  if (groups.length < 2) return weights;
  const groupOf = (choice: number): number => Math.max(0, choice - (choices - groups.length));
  const total = groups.reduce((sum, count) => sum + count, 0);
  for (let round = 0; round < rounds; round += 1) {
    const sums = new Float64Array(groups.length);
    for (let row = 0; row < rows; row += 1) {
      const own = cells.subarray(row * width + choicesStart, row * width + choicesStart + choices);
      const all = own.reduce((sum, share, choice) => sum + share * (weights[choice] ?? 0), 0);
      if (!(all > 0)) continue;
      for (const [choice, share] of own.entries())
        sums[groupOf(choice)] = (sums[groupOf(choice)] ?? 0) + (share * (weights[choice] ?? 0)) / all;
    }
    for (const [choice, weight] of weights.entries()) {
      const ratio = ((groups[groupOf(choice)] ?? 0) / total) * (rows / (sums[groupOf(choice)] ?? 0));
      weights[choice] = Math.min(weightMax, Math.max(1 / weightMax, weight * ratio));
    }
  }
  return weights;
}

/** A line through even quantiles of the numbers that rows with a value have. */
function lawOf(
  place: ColumnPlace,
  made: MadeRows,
  { weights, random }: { readonly weights: Float64Array; readonly random: Random },
): NumberMarginal | null {
  const { column, start, choices } = place;
  if (column.kind !== 'numbers' || column.marginal === null) return null;
  const gap = column.missingRows > 0 ? choices - 1 : -1;
  const found: number[] = [];
  for (let offset = 0; offset < made.rows; offset += 1) {
    const choice = drawChoice(place, made, { offset, uniform: random.uniformAt(offset, 0), weights });
    if (choice !== gap) found.push(rawNumber(column, choice, made.cells[offset * made.width + start] ?? 0));
  }
  if (found.length === 0) return null;
  const sorted = Float64Array.from(found).sort();
  const levels = Float64Array.from({ length: quantiles + 1 }, (_, level) => level / quantiles);
  return {
    ...{ kind: 'numbers', distribution: 'empirical', parameters: {}, probabilities: levels },
    values: levels.map((level) => sorted[Math.round(level * (sorted.length - 1))] ?? 0),
  };
}
