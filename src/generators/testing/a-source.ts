import { Random } from '../../core/random/random.js';
import type { TableSchema } from '../../core/schema/schema.js';
import { UnknownColumnError } from '../../core/schema/unknown-column-error.js';
import type { ColumnSource } from '../../core/table/column-source.js';
import { createMissingBitmap, markMissing } from '../../core/table/missing-bitmap.js';
import type { Column } from '../../core/table/table.js';
import type { Cell } from './cells.js';
import { msPerDay } from '../../core/time/units.js';

/** Cells by column: texts make a category column, numbers a column of the given kind, null is missing. */
export function columnOf(cells: readonly Cell[], kind: 'number' | 'date' | 'datetime' = 'number'): Column {
  const missing = createMissingBitmap(cells.length);
  cells.forEach((cell, row) => {
    if (cell === null) markMissing(missing, row);
  });
  if (cells.some((cell) => typeof cell === 'string')) {
    const dictionary = [...new Set(cells.filter((cell) => cell !== null).map(String))].sort();
    const codes = Int32Array.from(cells, (cell) => Math.max(0, dictionary.indexOf(String(cell))));
    return { kind: 'category', codes, dictionary, missing };
  }
  const values = Float64Array.from(cells, (cell) => Number(cell ?? 0));
  if (kind === 'date') return { kind, values: Int32Array.from(values), missing };
  return { kind, values, missing };
}

export function sourceOf(columns: Readonly<Record<string, Column>>, rowCount: number): ColumnSource {
  const columnNames = Object.keys(columns);
  return {
    rowCount,
    columnNames,
    column: (name) => {
      const column = columns[name];
      return column ? Promise.resolve(column) : Promise.reject(new UnknownColumnError(name, columnNames));
    },
  };
}

/** Public facts of an invented ward: one column of every kind that can be generated. */
export const aSchema: TableSchema = {
  columns: [
    {
      name: 'ward',
      type: 'category',
      missingMarkers: [''],
      categories: { values: ['Élan "North", 1', '=B', 'C'], provenance: 'declared' },
    },
    { name: 'smoker', type: 'boolean', missingMarkers: [] },
    {
      name: 'creatinine',
      type: 'number',
      missingMarkers: [''],
      unit: 'mg/dL',
      decimals: 2,
      bounds: { low: 0.3, high: 6, provenance: 'standard' },
    },
    {
      name: 'age',
      type: 'integer',
      missingMarkers: [],
      bounds: { low: 18, high: 99, provenance: 'declared' },
    },
    { name: 'admitted', type: 'date', missingMarkers: [] },
    { name: 'seen at', type: 'datetime', missingMarkers: [''] },
  ],
};

/** The same ward with bounds for every column: what generators with differential privacy ask for. */
export const aBoundedSchema: TableSchema = {
  columns: aSchema.columns.map((column) => {
    const bounds = { admitted: [17_500, 20_000], 'seen at': [17_500 * msPerDay, 20_000 * msPerDay] }[
      column.name
    ];
    if (!bounds) return column;
    const [low = 0, high = 0] = bounds;
    return { ...column, bounds: { low, high, provenance: 'declared' } };
  }),
};

const sourceRows = 1200;

/** Rows of that ward, made by a fixed rule: the columns depend on each other, and nobody in it is real. */
export const aSource = sourceOf(
  Object.fromEntries(aSchema.columns.map(({ name, type }) => [name, sourceColumn(name, type)])),
  sourceRows,
);

function sourceColumn(name: string, type: string): Column {
  const random = Random.fromSeed('a source');
  const cells = Array.from({ length: sourceRows }, (_, row): Cell => {
    const at = (draw: number): number => random.uniformAt(row, draw);
    const age = 20 + Math.floor(70 * at(0));
    const admitted = 18_000 + Math.floor(1500 * at(1));
    switch (name) {
      case 'ward':
        return at(2) < 0.05 ? null : age > 60 ? 'Élan "North", 1' : at(2) < 0.5 ? '=B' : 'C';
      case 'smoker':
        return String(at(3) < (age > 50 ? 0.4 : 0.1));
      case 'creatinine':
        return at(4) < 0.2 ? null : Math.round(60 + age + 60 * at(5) ** 2) / 100;
      case 'age':
        return age;
      case 'admitted':
        return admitted;
      default:
        return at(6) < 0.01 ? null : admitted * 86_400_000 + Math.floor(1440 * at(7)) * 60_000;
    }
  });
  return columnOf(cells, type === 'date' || type === 'datetime' ? type : 'number');
}
