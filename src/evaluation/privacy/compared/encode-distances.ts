import { createMixedMatrix } from '../../../core/neighbours/mixed-matrix.js';
import type { MixedMatrix } from '../../../core/neighbours/mixed-matrix.js';
import { noCells } from './mixed-table.js';
import type { MixedColumn, MixedTable } from './mixed-table.js';
import { rankScale } from './rank-scale.js';

/** How the cells of one column are written into a matrix. */
type ColumnEncoder = (cells: Float64Array, matrix: MixedMatrix, row: number) => void;

/**
 * Encodes tables of the given columns for distances: each number by its rank among the real rows, each category as a
 * code, and one more code that says "missing" for each number column with gaps in some table.
 */
export function distanceEncoder(
  columns: readonly MixedColumn[],
  real: readonly MixedTable[],
  chosen: readonly number[],
): (table: MixedTable) => MixedMatrix {
  const encoders: ColumnEncoder[] = [];
  let [numberWidth, codeWidth] = [0, 0];
  for (const at of chosen) {
    if (columns[at]?.kind === 'category') encoders.push(codeEncoder(codeWidth++));
    else {
      const scale = rankScale(real.map(({ cells }) => cells[at] ?? noCells));
      encoders.push(numberEncoder(scale, numberWidth++, columns[at]?.hasGaps === true ? codeWidth++ : null));
    }
  }
  return ({ rowCount, cells }) => {
    const matrix = createMixedMatrix({ rows: rowCount, numberWidth, codeWidth });
    chosen.forEach((at, place) => {
      for (let row = 0; row < rowCount; row++) encoders[place]?.(cells[at] ?? noCells, matrix, row);
    });
    return matrix;
  };
}

const missingCode = -1;

function codeEncoder(place: number): ColumnEncoder {
  return (cells, { codes, codeWidth }, row) => {
    const code = cells[row] ?? NaN;
    codes[row * codeWidth + place] = Number.isNaN(code) ? missingCode : code;
  };
}

/** A missing number lies in the middle of the scale and differs from every known one by its code. */
function numberEncoder(scale: (value: number) => number, place: number, flag: number | null): ColumnEncoder {
  return (cells, { numbers, numberWidth, codes, codeWidth }, row) => {
    const value = cells[row] ?? NaN;
    const isMissing = Number.isNaN(value);
    numbers[row * numberWidth + place] = isMissing ? 0.5 : scale(value);
    if (flag !== null) codes[row * codeWidth + flag] = isMissing ? missingCode : 0;
  };
}
