import { normalCdf } from '../../../../core/distributions/normal.js';
import type { Random } from '../../../../core/random/random.js';
import { createMissingBitmap, markMissing } from '../../../../core/table/missing-bitmap.js';
import type { Column } from '../../../../core/table/table.js';
import { snapInside } from '../../guards/tail-bounds.js';
import { numberAt, stretchOfNumber } from '../../gaussian-copula/marginal.js';
import { WeightedChoice } from '../../weighted-choice.js';
import type { ColumnCalibration } from './column-calibration.js';
import { deviationsSpan } from './table-layout.js';
import type { CategoryLayout, ColumnPlace, NumberLayout } from './table-layout.js';

/** What a network made of some rows. */
export interface MadeRows {
  /** Number of the first row, which its draws depend on. */
  readonly first: number;
  readonly rows: number;
  readonly width: number;
  /** rows × width; in the value cells numbers from -1 to 1, in those of the choices weights of 0 or more. */
  readonly cells: Float32Array;
}

/** A new kind of draw gets a new number. */
const draws = { choice: 0, shared: 1, level: 2 } as const;

/**
 * The cells of one column: a choice by the luck of its weights, numbers on the column's grid and inside its bounds.
 * @param random of this column
 * @param calibration what brings the column's law back to that of its source; none: as the network made it
 */
export function decodeColumn(
  place: ColumnPlace,
  made: MadeRows,
  random: Random,
  calibration?: ColumnCalibration,
): Column {
  const { column } = place;
  const weights = calibration?.weights;
  const missing = createMissingBitmap(made.rows);
  const values = new Float64Array(made.rows);
  const valueOf =
    column.kind === 'numbers' ? numberDecoder(column, random, calibration) : categoryDecoder(column, random);
  const gap = column.missingRows > 0 ? place.choices - 1 : -1;
  for (let offset = 0; offset < made.rows; offset += 1) {
    const row = made.first + offset;
    const choice = drawChoice(place, made, { offset, uniform: random.uniformAt(row, draws.choice), weights });
    const cell = made.cells[offset * made.width + place.start] ?? 0;
    if (choice === gap) markMissing(missing, offset);
    else values[offset] = valueOf(choice, { row, cell });
  }
  if (column.kind === 'categories')
    return { kind: 'category', codes: Int32Array.from(values), dictionary: column.dictionary, missing };
  if (column.type === 'date') return { kind: 'date', values: Int32Array.from(values), missing };
  return { kind: column.type === 'datetime' ? 'datetime' : 'number', values, missing };
}

type Decoder = (choice: number, at: { readonly row: number; readonly cell: number }) => number;

function numberDecoder(
  layout: NumberLayout,
  random: Random,
  calibration: ColumnCalibration | undefined,
): Decoder {
  const { grid, bounds, marginal, means } = layout;
  const law = calibration?.law;
  const valueOf = (raw: number, row: number): number => {
    if (marginal && law) {
      const { low, high } = stretchOfNumber(law, raw);
      return numberAt(marginal, low + random.uniformAt(row, draws.level) * (high - low));
    }
    return marginal && means.length === 0 ? numberAt(marginal, normalCdf(raw)) : raw;
  };
  return (mode, { row, cell }) => snapInside(grid, bounds, valueOf(rawNumber(layout, mode, cell), row));
}

/** What the network says a number is: a value of the column, or its normal score. */
export function rawNumber({ means, deviations }: NumberLayout, mode: number, cell: number): number {
  return (means[mode] ?? 0) + deviationsSpan * (deviations[mode] ?? 1) * Math.min(1, Math.max(-1, cell));
}

/** A row of the shared entry gets one of its categories, as often as the source has it. */
function categoryDecoder({ counts, alone }: CategoryLayout, random: Random): Decoder {
  const shared = counts.length > alone ? new WeightedChoice('categories', [...counts.slice(alone)]) : null;
  return (entry, { row }) =>
    shared && entry === alone ? alone + shared.pick(random.uniformAt(row, draws.shared)) : entry;
}

interface ChoiceToDraw {
  readonly offset: number;
  readonly uniform: number;
  /** That the shares of the choices are taken times. */
  readonly weights?: Float64Array | undefined;
}

/** Never one of weight 0, unless all are. */
export function drawChoice(
  { choicesStart, choices }: ColumnPlace,
  { cells, width }: Pick<MadeRows, 'cells' | 'width'>,
  { offset, uniform, weights }: ChoiceToDraw,
): number {
  const from = offset * width + choicesStart;
  let total = 0;
  const weightOf = (choice: number): number => (cells[from + choice] ?? 0) * (weights?.[choice] ?? 1);
  for (let choice = 0; choice < choices; choice += 1) total += weightOf(choice);
  let left = uniform * total;
  let last = 0;
  for (let choice = 0; choice < choices; choice += 1) {
    const weight = weightOf(choice);
    if (weight <= 0) continue;
    last = choice;
    left -= weight;
    if (left < 0) break;
  }
  return last;
}
