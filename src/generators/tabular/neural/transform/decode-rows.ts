import type { Random } from '../../../../core/random/random.js';
import { createMissingBitmap, markMissing } from '../../../../core/table/missing-bitmap.js';
import type { Column } from '../../../../core/table/table.js';
import { snapInside } from '../../guards/tail-bounds.js';
import { WeightedChoice } from '../../weighted-choice.js';
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
const draws = { choice: 0, shared: 1 } as const;

/**
 * The cells of one column: a choice by the luck of its weights, numbers on the column's grid and inside its bounds.
 * @param random of this column
 */
export function decodeColumn(place: ColumnPlace, made: MadeRows, random: Random): Column {
  const { column } = place;
  const missing = createMissingBitmap(made.rows);
  const values = new Float64Array(made.rows);
  const valueOf = column.kind === 'numbers' ? numberDecoder(column) : categoryDecoder(column, random);
  const gap = column.missingRows > 0 ? place.choices - 1 : -1;
  for (let offset = 0; offset < made.rows; offset += 1) {
    const row = made.first + offset;
    const choice = drawChoice(place, made, { offset, uniform: random.uniformAt(row, draws.choice) });
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

function numberDecoder({ means, deviations, grid, bounds }: NumberLayout): Decoder {
  return (mode, { cell }) => {
    const scaled = Math.min(1, Math.max(-1, cell));
    return snapInside(grid, bounds, (means[mode] ?? 0) + deviationsSpan * (deviations[mode] ?? 0) * scaled);
  };
}

/** A row of the shared entry gets one of its categories, as often as the source has it. */
function categoryDecoder({ counts, alone }: CategoryLayout, random: Random): Decoder {
  const shared = counts.length > alone ? new WeightedChoice('categories', [...counts.slice(alone)]) : null;
  return (entry, { row }) =>
    shared && entry === alone ? alone + shared.pick(random.uniformAt(row, draws.shared)) : entry;
}

/** Never one of weight 0, unless all are. */
function drawChoice(
  { choicesStart, choices }: ColumnPlace,
  { cells, width }: MadeRows,
  { offset, uniform }: { readonly offset: number; readonly uniform: number },
): number {
  const from = offset * width + choicesStart;
  let total = 0;
  for (let choice = 0; choice < choices; choice += 1) total += cells[from + choice] ?? 0;
  let left = uniform * total;
  let last = 0;
  for (let choice = 0; choice < choices; choice += 1) {
    const weight = cells[from + choice] ?? 0;
    if (weight <= 0) continue;
    last = choice;
    left -= weight;
    if (left < 0) break;
  }
  return last;
}
