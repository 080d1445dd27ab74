import type { Random } from '../../../../core/random/random.js';
import type { EncodedTable } from '../transform/encode-rows.js';
import { choiceRows, placesOf } from '../transform/table-layout.js';
import type { ColumnPlace, TableLayout } from '../transform/table-layout.js';

/** A column of categories that rows can be asked by, and where its choices lie in a vector of conditions. */
export interface ConditionColumn {
  readonly place: ColumnPlace;
  /** In the layout. */
  readonly column: number;
  readonly start: number;
  /** Rows of each choice in the source. */
  readonly counts: readonly number[];
}

export function conditionColumns(layout: TableLayout): readonly ConditionColumn[] {
  let start = 0;
  return placesOf(layout).flatMap((place, column): ConditionColumn[] => {
    if (place.column.kind !== 'categories') return [];
    const counts = choiceRows(place.column, 0);
    const found = { place, column, start, counts };
    start += place.choices;
    return [found];
  });
}

/** Cells of a vector of conditions. */
export const conditionWidth = (columns: readonly ConditionColumn[]): number =>
  columns.reduce((sum, { place }) => sum + place.choices, 0);

/** What each row of a batch is asked to be. */
export interface AskedRows {
  /** rows × `conditionWidth`, one 1 in each row. */
  readonly vectors: Float32Array;
  /** For each row a place among the condition columns and a choice of it. */
  readonly asked: Int32Array;
  readonly choice: Int32Array;
}

/** Draws what rows are asked for, and source rows that answer it: training by sampling, Xu et al. 2019, 4.3. */
export class ConditionSampler {
  readonly #columns: readonly ConditionColumn[];
  readonly #byLogarithm: readonly Float64Array[];
  /** Source rows by condition column and choice. */
  readonly #rows: readonly (readonly Int32Array[])[];

  constructor(columns: readonly ConditionColumn[], encoded: EncodedTable) {
    this.#columns = columns;
    this.#byLogarithm = columns.map(({ counts }) => cumulative(counts.map((count) => Math.log(count + 1))));
    this.#rows = columns.map(({ column, place }) =>
      rowsByChoice(encoded.choices[column] ?? new Int32Array(), place.choices),
    );
  }

  /** A column evenly, one of its choices by the logarithm of its rows, so that rare ones are seen. */
  draw(size: number, random: Random): AskedRows {
    const asked = new Int32Array(size);
    const choice = new Int32Array(size);
    for (let row = 0; row < size; row += 1) {
      const column = random.integerBelow(this.#columns.length);
      asked[row] = column;
      choice[row] = pick(this.#byLogarithm[column] ?? new Float64Array(), random.uniform());
    }
    return { asked, choice, vectors: vectorsOf(this.#columns, asked, choice) };
  }

  /** One source row for each, in order. */
  answers({ asked, choice }: AskedRows, random: Random): Int32Array {
    return asked.map((column, row) => {
      const rows = this.#rows[column]?.[choice[row] ?? 0] ?? new Int32Array();
      return rows[random.integerBelow(Math.max(1, rows.length))] ?? 0;
    });
  }
}

export function vectorsOf(
  columns: readonly ConditionColumn[],
  asked: Int32Array,
  choice: Int32Array,
): Float32Array {
  const width = conditionWidth(columns);
  const vectors = new Float32Array(asked.length * width);
  for (let row = 0; row < asked.length; row += 1)
    vectors[row * width + (columns[asked[row] ?? 0]?.start ?? 0) + (choice[row] ?? 0)] = 1;
  return vectors;
}

export function cumulative(weights: readonly number[]): Float64Array {
  let sum = 0;
  return Float64Array.from(weights, (weight) => (sum += weight));
}

/** @param uniform in (0, 1) */
export function pick(sums: Float64Array, uniform: number): number {
  const target = uniform * (sums.at(-1) ?? 0);
  return Math.max(
    0,
    sums.findIndex((sum) => target < sum),
  );
}

function rowsByChoice(choices: Int32Array, size: number): Int32Array[] {
  const rows = Array.from({ length: size }, (): number[] => []);
  for (const [row, choice] of choices.entries()) rows[choice]?.push(row);
  return rows.map((found) => Int32Array.from(found));
}
