import { readFileSync } from 'node:fs';
import type { Column } from '../../src/core/table/table.js';
import { categories, numbers, sourceOf } from '../../src/evaluation/testing/columns.js';
import { readMixedTables } from '../../src/evaluation/privacy/compared/read-mixed-tables.js';
import type { MixedColumn, MixedTable } from '../../src/evaluation/privacy/compared/mixed-table.js';

interface MetricTables {
  readonly columns: readonly MixedColumn[];
  readonly real: MixedTable;
  readonly holdout: MixedTable;
  readonly synthetic: MixedTable;
  /** Of a category in this column: its shared code; NaN for one that no table has. */
  codeOf(column: string, text: string): number;
}

/** The CSV files of one folder of the metric vectors; no cell in them is quoted. A column of numbers alone is numeric. */
export async function readMetricTables(folder: string, names: readonly string[]): Promise<MetricTables> {
  const texts = ['real', 'holdout', 'synthetic'].map((name) => readCells(`${folder}/${name}.csv`));
  const sources = texts.map((text) =>
    sourceOf(
      Object.fromEntries(names.map((name) => [name, columnOf(text.get(name)!, isNumeric(texts, name))])),
    ),
  );
  const { columns, tables } = await readMixedTables(sources, names);
  const codeOf = (column: string, text: string): number => {
    for (const [at, cells] of texts.entries()) {
      const row = cells.get(column)!.indexOf(text);
      if (row >= 0) return tables[at]!.cells[names.indexOf(column)]![row]!;
    }
    return NaN;
  };
  return { columns, real: tables[0]!, holdout: tables[1]!, synthetic: tables[2]!, codeOf };
}

function readCells(path: string): Map<string, (string | null)[]> {
  const [header, ...rows] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const cells = rows.map((row) => row.split(',').map((cell) => (cell === '' ? null : cell)));
  return new Map(header!.split(',').map((name, at) => [name, cells.map((row) => row[at] ?? null)]));
}

const isNumeric = (texts: readonly Map<string, (string | null)[]>[], name: string): boolean =>
  texts.every((cells) => cells.get(name)!.every((cell) => cell === null || Number.isFinite(Number(cell))));

function columnOf(cells: readonly (string | null)[], numeric: boolean): Column {
  return numeric ? numbers(cells.map((cell) => (cell === null ? null : Number(cell)))) : categories(cells);
}
