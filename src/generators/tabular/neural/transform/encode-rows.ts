import type { Random } from '../../../../core/random/random.js';
import { stretchOfNumber } from '../../gaussian-copula/marginal.js';
import { normalScore } from '../../gaussian-copula/normal-scores.js';
import type { PreparedCategories, PreparedColumn, PreparedNumbers } from '../../guards/prepared-column.js';
import { isMissing } from '../../../../core/table/missing-bitmap.js';
import { deviationsSpan, placesOf, valueMax, widthOf } from './table-layout.js';
import type { CategoryLayout, ColumnPlace, NumberLayout, TableLayout } from './table-layout.js';

/** Rows of numbers for a network. */
export interface EncodedTable {
  readonly rows: number;
  readonly width: number;
  /** rows × width. */
  readonly cells: Float32Array;
  /** Of each column, the choice of each row: mode, entry or "missing". */
  readonly choices: readonly Int32Array[];
}

/**
 * Each value belongs to one of the modes by the luck of their probabilities. A gap where too few rows have one takes the
 * value of another row.
 */
export function encodeRows(
  layout: TableLayout,
  columns: readonly PreparedColumn[],
  { rows, random }: { readonly rows: number; readonly random: Random },
): EncodedTable {
  const width = widthOf(layout);
  const cells = new Float32Array(rows * width);
  const choices = placesOf(layout).map((place, at) => {
    const column = columns[at];
    const chosen = new Int32Array(rows);
    if (!column) return chosen;
    const write = writerOf(place, column, random.fork(place.column.name));
    for (let row = 0; row < rows; row += 1) {
      const { choice, value } = write(row);
      chosen[row] = choice;
      if (place.start < place.choicesStart) cells[row * width + place.start] = value;
      if (place.choices > 0) cells[row * width + place.choicesStart + choice] = 1;
    }
    return chosen;
  });
  return { rows, width, cells, choices };
}

interface EncodedCell {
  readonly choice: number;
  readonly value: number;
}

/** A new kind of draw gets a new number. */
const draws = { mode: 0, otherRow: 1 } as const;

function writerOf(place: ColumnPlace, column: PreparedColumn, random: Random): (row: number) => EncodedCell {
  const { column: layout, choices } = place;
  const { present, missing } = column;
  const sourceOf = (row: number): number => {
    if (present.length > 0 && !isMissing(missing, row)) return row;
    if (layout.missingRows > 0) return -1;
    return present[Math.floor(random.uniformAt(row, draws.otherRow) * present.length)] ?? -1;
  };
  const encode = encoderOf(layout, column);
  return (row) => {
    const source = sourceOf(row);
    return source < 0 ? { choice: choices - 1, value: 0 } : encode(source, random.uniformAt(row, draws.mode));
  };
}

function encoderOf(
  layout: NumberLayout | CategoryLayout,
  column: PreparedColumn,
): (row: number, uniform: number) => EncodedCell {
  if (layout.kind === 'numbers' && column.kind === 'numbers') return numberEncoder(layout, column);
  if (layout.kind === 'categories' && column.kind === 'categories') return categoryEncoder(layout, column);
  throw new RangeError(`The layout of column "${layout.name}" is not for its kind.`);
}

function categoryEncoder(
  { dictionary, alone }: CategoryLayout,
  column: PreparedCategories,
): (row: number) => EncodedCell {
  const place = new Map(dictionary.map((name, index) => [name, Math.min(index, alone)]));
  const choiceOf = Int32Array.from(column.dictionary, (name) => place.get(name) ?? 0);
  return (row) => ({ choice: choiceOf[column.codes[row] ?? 0] ?? 0, value: 0 });
}

function numberEncoder(
  layout: NumberLayout,
  { values }: PreparedNumbers,
): (row: number, uniform: number) => EncodedCell {
  const { marginal, means } = layout;
  if (marginal && means.length === 0) {
    const scoreOf = (value: number, uniform: number): number => {
      const { low, high } = stretchOfNumber(marginal, value);
      return normalScore(low + uniform * (high - low)) / deviationsSpan;
    };
    return (row, uniform) => ({ choice: 0, value: clipped(scoreOf(values[row] ?? NaN, uniform)) });
  }
  return (row, uniform) => {
    const value = values[row] ?? NaN;
    const choice = drawMode(layout, value, uniform);
    const scaled =
      (value - (layout.means[choice] ?? 0)) / (deviationsSpan * (layout.deviations[choice] ?? 1));
    return { choice, value: clipped(scaled) };
  };
}

const clipped = (value: number): number => Math.min(valueMax, Math.max(-valueMax, value));

/** A mode by its probability given the value; a value that no mode reaches has the nearest by their spread. */
function drawMode({ means, deviations, weights }: NumberLayout, value: number, uniform: number): number {
  const logs = means.map((mean, mode) => {
    const deviation = deviations[mode] ?? 1;
    return Math.log(weights[mode] ?? 0) - Math.log(deviation) - 0.5 * ((value - mean) / deviation) ** 2;
  });
  const greatest = Math.max(...logs);
  const shares = logs.map((log) => Math.exp(log - greatest));
  const target = uniform * shares.reduce((sum, share) => sum + share, 0);
  let passed = 0;
  for (const [mode, share] of shares.entries()) {
    passed += share;
    if (target < passed) return mode;
  }
  return shares.indexOf(1);
}
