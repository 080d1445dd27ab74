import { Random } from '../../core/random/random.js';
import { isMissing, markMissing } from '../../core/table/missing-bitmap.js';
import { selectCells } from '../../core/table/select-rows.js';
import type { Column } from '../../core/table/table.js';

type Columns = Readonly<Record<string, Column>>;

const rowsOf = (column: Column | undefined): number =>
  column === undefined ? 0 : column.kind === 'category' ? column.codes.length : column.values.length;

const mapColumns = (
  columns: Columns,
  change: (column: Column, name: string) => Column,
): Record<string, Column> =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, change(column, name)]));

/** Every cell is drawn from its column by itself: no record survives. */
export function independentMarginalsOf(train: Columns, seed: string): Record<string, Column> {
  return mapColumns(train, (column, name) =>
    selectCells(column, drawnRows(rowsOf(column), `${seed} ${name}`)),
  );
}

/** Whole records, drawn with replacement, their numbers moved by normal noise of `share` standard deviations. */
export function bootstrapWithNoise(train: Columns, seed: string, share: number): Record<string, Column> {
  const rows = drawnRows(rowsOf(Object.values(train)[0]), seed);
  return mapColumns(train, (column, name) => {
    const drawn = selectCells(column, rows);
    if (drawn.kind !== 'number') return drawn;
    const spread = share * deviationOf(column);
    const random = Random.fromSeed(seed).fork(name);
    return { ...drawn, values: drawn.values.map((value, row) => value + spread * normalAt(random, row)) };
  });
}

/** The candidate, its first rows overwritten by the given records. */
export function withRecords(
  candidate: Columns,
  train: Columns,
  records: readonly number[],
): Record<string, Column> {
  const rows = rowsOf(Object.values(candidate)[0]);
  return mapColumns(candidate, (column, name) => {
    const original = train[name] ?? column;
    const kept = Int32Array.from({ length: rows - records.length }, (_, row) => row + records.length);
    return joined(selectCells(original, Int32Array.from(records)), selectCells(column, kept));
  });
}

/** The rows of both, one table after the other. */
function joined(first: Column, second: Column): Column {
  const [head, tail] = [rowsOf(first), rowsOf(second)];
  const missing = new Uint8Array((head + tail + 7) >> 3);
  for (let row = 0; row < head + tail; row++)
    if (row < head ? isMissing(first.missing, row) : isMissing(second.missing, row - head))
      markMissing(missing, row);
  if (first.kind === 'category' && second.kind === 'category') {
    const dictionary = [...new Set([...first.dictionary, ...second.dictionary])];
    const codeOf = ({ codes, dictionary: own }: typeof first, row: number): number =>
      dictionary.indexOf(own[codes[row] ?? -1] ?? '');
    const codes = Int32Array.from({ length: head + tail }, (_, row) =>
      row < head ? codeOf(first, row) : codeOf(second, row - head),
    );
    return { kind: 'category', codes, dictionary, missing };
  }
  if (first.kind !== 'number' || second.kind !== 'number') throw new Error('Numbers and categories only.');
  return { kind: 'number', values: Float64Array.of(...first.values, ...second.values), missing };
}

function drawnRows(rows: number, seed: string): Int32Array {
  const random = Random.fromSeed('candidates').fork(seed);
  return Int32Array.from({ length: rows }, (_, row) => Math.floor(rows * random.uniformAt(row)));
}

function normalAt(random: Random, row: number): number {
  return Math.sqrt(-2 * Math.log(random.uniformAt(row))) * Math.cos(2 * Math.PI * random.uniformAt(row, 1));
}

function deviationOf(column: Column): number {
  if (column.kind !== 'number') return 0;
  const present = column.values.filter(
    (value, row) => !isMissing(column.missing, row) && !Number.isNaN(value),
  );
  const middle = present.reduce((sum, value) => sum + value, 0) / present.length;
  return Math.sqrt(present.reduce((sum, value) => sum + (value - middle) ** 2, 0) / present.length);
}
