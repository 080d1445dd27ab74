import { readCsvHeader } from '../../../core/files/csv-header.js';
import { readCsvRecords } from '../../../core/files/read-csv-records.js';
import { cellKey, cellsOf, frequencyTable } from './table-for-release.js';
import type { CellRef, MagnitudeCell, TableShape } from './table-for-release.js';
import type { TableFile } from './table-file.js';
import type { TableRules } from './table-rules.js';
import { UnsupportedTableError } from './unsupported-table-error.js';

/** The label of the lines that are sums of the others. */
export const totalLabel = 'total';

type Line = Readonly<Record<string, string>>;

const figureNames = ['count', 'sum', 'largest', 'negative'];

/**
 * A table from a CSV text with one line a cell: one or two columns of labels, then `count` (counts of people),
 * `count,sum,largest,negative` (amounts: `largest` holds the largest contributions, separated by `;`) or
 * `observations,parameters` (fitted models). Counts that have lines labelled "total" are read as published, where an
 * empty count is a suppressed one.
 * @throws {Error} naming the line (from 1, the header not counted) that cannot be read
 * @throws {UnsupportedTableError} for a shape that the rules do not cover
 */
export function readTableFile(
  name: string,
  text: string,
  { countRounding }: Pick<TableRules, 'countRounding'>,
): TableFile {
  const columns = readCsvHeader(text.replace(/^\uFEFF/, '').split(/\r?\n/)[0] ?? '');
  const lines = readCsvRecords(text.replace(/^\uFEFF/, ''));
  const has = (one: string): boolean => columns.includes(one);
  if (has('observations') || has('parameters')) return readModels(name, columns, lines);
  if (!has('count')) throw new UnsupportedTableError('There is no column "count".');
  const dimensions = columns.filter((one) => !figureNames.includes(one));
  const isAmounts = figureNames.slice(1).some(has);
  if (isAmounts) {
    const lacking = figureNames.find((one) => !has(one));
    if (lacking !== undefined)
      throw new UnsupportedTableError(`Amounts cannot be judged without the column "${lacking}".`);
  }
  const isPublished = lines.some((line) => dimensions.some((dimension) => line[dimension] === totalLabel));
  const shape = shapeOf(dimensions, lines);
  const at = linesByCell(shape, dimensions, lines);
  const inner = cellsOf(shape).filter(({ row, column }) => row !== null && column !== null);
  if (!isPublished) {
    if (isAmounts)
      return { ...{ kind: 'amounts', name, dimensions }, table: { ...shape, cells: amountsOf(shape, at) } };
    const labels = shape.ways === 1 ? [shape.columns] : [shape.rows, shape.columns];
    const counts = inner.map((cell) => countOf(at(cell)));
    return { kind: 'counts', name, dimensions, table: frequencyTable(labels, counts) };
  }
  if (isAmounts)
    throw new UnsupportedTableError('Amounts are read without totals: they are sums of the cells.');
  const cells = cellsOf(shape).map((cell) => ({
    ...cell,
    value: at(cell)['count'] === '' ? null : countOf(at(cell)),
  }));
  const isRounded = cells.every(({ value }) => value === null || value % countRounding === 0);
  return {
    kind: 'published',
    name,
    dimensions,
    table: { ...shape, countRounding: isRounded ? countRounding : 1, cells },
  };
}

function shapeOf(dimensions: readonly string[], lines: readonly Line[]): TableShape {
  const [first, second, third] = dimensions;
  if (first === undefined || third !== undefined)
    throw new UnsupportedTableError(
      'Only tables of one or two dimensions are covered. Release its two-way tables.',
    );
  const labels = (dimension: string): string[] =>
    [...new Set(lines.map((line) => line[dimension] ?? ''))].filter((label) => label !== totalLabel);
  const shape: TableShape =
    second === undefined
      ? { ways: 1, rows: ['all'], columns: labels(first) }
      : { ways: 2, rows: labels(first), columns: labels(second) };
  if (shape.rows.length * shape.columns.length === 0)
    throw new UnsupportedTableError('The table has no cell.');
  return shape;
}

/** @throws {Error} when a cell has two lines, or none */
function linesByCell(
  shape: TableShape,
  dimensions: readonly string[],
  lines: readonly Line[],
): (cell: CellRef) => Line {
  const place = (labels: readonly string[], label: string): number | null =>
    label === totalLabel ? null : labels.indexOf(label);
  const found = new Map<string, Line>();
  for (const [index, line] of lines.entries()) {
    const [first = '', second = ''] = dimensions.map((dimension) => line[dimension] ?? '');
    const cell =
      shape.ways === 1
        ? { row: first === totalLabel ? null : 0, column: place(shape.columns, first) }
        : { row: place(shape.rows, first), column: place(shape.columns, second) };
    if (found.has(cellKey(cell)))
      throw new Error(`Line ${index + 1} is about a cell that an earlier line has.`);
    found.set(cellKey(cell), line);
  }
  return (cell) => {
    const line = found.get(cellKey(cell));
    if (line === undefined) {
      const labels = [
        cell.row === null ? totalLabel : shape.rows[cell.row],
        cell.column === null ? totalLabel : shape.columns[cell.column],
      ];
      throw new Error(
        `There is no line for "${labels.slice(shape.ways === 1 ? 1 : 0).join(', ')}": write 0 for an empty cell.`,
      );
    }
    return line;
  };
}

function countOf(line: Line, name = 'count'): number {
  const text = (line[name] ?? '').trim();
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(Number(text)))
    throw new Error(`"${text}" in column "${name}" is no whole number, zero or more.`);
  return Number(text);
}

function numberOf(text: string): number {
  if (!/^-?\d+(\.\d+)?$/.test(text.trim())) throw new Error(`"${text}" is no number.`);
  return Number(text);
}

function amountsOf(shape: TableShape, at: (cell: CellRef) => Line): MagnitudeCell[][] {
  return shape.rows.map((_, row) => shape.columns.map((__, column) => amountOf(at({ row, column }))));
}

function amountOf(line: Line): MagnitudeCell {
  const largest = (line['largest'] ?? '') === '' ? [] : (line['largest'] ?? '').split(';').map(numberOf);
  const negative = line['negative'] ?? '';
  if (!['yes', 'no'].includes(negative))
    throw new Error(`"${negative}" in column "negative" is neither yes nor no.`);
  const count = countOf(line);
  const sum = numberOf(line['sum'] ?? '');
  const descending = largest.every((value, index) => index === 0 || value <= (largest[index - 1] ?? 0));
  if (!descending) throw new Error('The largest contributions are listed from the largest down.');
  if (largest.length > count) throw new Error('There are more contributions than contributors.');
  const hasNegative = negative === 'yes' || sum < 0 || largest.some((value) => value < 0);
  const most = largest.reduce((total, value) => total + value, 0);
  if (!hasNegative && most > sum * (1 + 1e-9))
    throw new Error(`The largest contributions add up to ${most}, more than the sum of ${sum}.`);
  return { count, sum, largest, hasNegative };
}

function readModels(name: string, columns: readonly string[], lines: readonly Line[]): TableFile {
  const lacking = ['model', 'observations', 'parameters'].find((one) => !columns.includes(one));
  if (lacking !== undefined)
    throw new UnsupportedTableError(`Fitted models come with a column "${lacking}".`);
  const models = lines.map((line) => ({
    name: line['model'] ?? '',
    observations: countOf(line, 'observations'),
    parameters: countOf(line, 'parameters'),
  }));
  return { kind: 'models', name, models };
}
