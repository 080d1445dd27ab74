import type { ColumnFormat } from '../../core/table/column-format.js';
import type { Table } from '../../core/table/table.js';
import { msPerDay } from '../../core/time/units.js';
import { tableOf, texts } from './tables.js';

/** Cells that formats like to lose: one row each of what is hard, with missing cells among them. */
export const hardFormats: readonly ColumnFormat[] = [
  { name: '=heading', type: 'category' },
  { name: 'note "x"', type: 'free-text' },
  { name: 'dose', type: 'number', decimals: 2 },
  { name: 'count', type: 'integer', decimals: 0 },
  { name: 'day', type: 'date' },
  { name: 'at', type: 'datetime' },
];

export function hardTable(): Table {
  const missing = Uint8Array.of(0b1000_0000);
  const days = [
    '0001-01-01',
    '9999-12-31',
    '1969-12-31',
    '2024-02-29',
    '1970-01-01',
    '2000-01-01',
    '1582-10-10',
  ];
  const at = days.map((day) => Date.parse(`${day}T12:34:56.789Z`));
  return tableOf({
    '=heading': texts('=1+1', "'=1+1", "''", '-5', '', '@a,b', '患者', null),
    'note "x"': texts('a\nb', 'a\r\nb', '"quoted"', '\t=x', ' ', '\uFF1Dx', "'", null),
    dose: {
      ...{ kind: 'number', missing },
      values: Float64Array.of(0.1 + 0.2, -0, -0.001, 1e300, 1.005, 2 ** 53 + 2, -12.5, 0),
    },
    count: {
      ...{ kind: 'number', missing },
      values: Float64Array.of(2 ** 53, -(2 ** 62), -0, 9e18, 1, 2, 3, 0),
    },
    day: {
      kind: 'date',
      missing,
      values: Int32Array.of(...days.map((day) => Date.parse(day) / msPerDay), 0),
    },
    at: { kind: 'datetime', missing, values: Float64Array.of(...at, 0) },
  });
}
