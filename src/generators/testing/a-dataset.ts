import { Random } from '../../core/random/random.js';
import type { ColumnSchema, SemanticType } from '../../core/schema/schema.js';
import type { Column, Table } from '../../core/table/table.js';
import type { Dataset, DatasetTable } from '../relational/dataset.js';
import { cellText } from '../../core/table/key-cells.js';
import type { DatasetBlock } from '../relational/sample-relational.js';
import { columnOf, sourceOf } from './a-source.js';
import type { Cell } from './cells.js';
import { msPerDay } from '../../core/time/units.js';

export type Rows = Readonly<Record<string, Cell>>[];

/** A table of rows given one by one; `types` has every column. */
export function tableOf(
  name: string,
  types: Readonly<Record<string, SemanticType>>,
  rows: Rows,
  keys: Partial<Pick<DatasetTable, 'primaryKey' | 'sequenceIndex' | 'sequenceKey'>> = {},
): DatasetTable {
  const columns = Object.entries(types).map(([column, type]): [string, Column] => {
    const cells = rows.map((row) => row[column] ?? null);
    const isTime = type === 'date' || type === 'datetime';
    const isText = type === 'category' || type === 'boolean' || type === 'identifier';
    if (isText && cells.every((cell) => cell === null)) return [column, columnOf(cells.map(() => null))];
    return [column, columnOf(cells, isTime ? type : 'number')];
  });
  const schema: ColumnSchema[] = Object.entries(types).map(([column, type]) => ({
    name: column,
    type,
    missingMarkers: [''],
  }));
  return {
    name,
    schema: { columns: schema },
    rows: sourceOf(Object.fromEntries(columns), rows.length),
    primaryKey: [],
    ...keys,
  };
}

const random = Random.fromSeed('a dataset');

type Invented = Record<'wards' | 'patients' | 'deaths' | 'visits' | 'labs', Rows>;

const at = (row: number, draw: number): number => random.uniformAt(row, draw);

/** Patients of an invented hospital by a fixed rule; smokers have more visits, and labs follow those before them. */
function invented(patientCount: number): Invented {
  const made: Invented = { wards: [], patients: [], deaths: [], visits: [], labs: [] };
  for (let ward = 0; ward < 60; ward += 1)
    made.wards.push({ site: `site${ward % 3}`, ward: `w${ward}`, kind: ward % 2 ? 'surgery' : 'medicine' });
  for (let patient = 0; patient < patientCount; patient += 1) {
    const smoker = at(patient, 0) < 0.4;
    const born = -10_000 + Math.floor(8000 * at(patient, 1));
    const died = at(patient, 2) < 0.3 ? born + 20_000 + Math.floor(6000 * at(patient, 3)) : null;
    const sex = at(patient, 4) < 0.5 ? 'f' : 'm';
    made.patients.push({ patient: `p${patient}`, smoker: String(smoker), born, sex });
    if (died !== null) made.deaths.push({ patient: `p${patient}`, died });
    addVisits(made, { patient, born, end: died ?? Infinity, smoker });
  }
  return made;
}

interface Life {
  readonly patient: number;
  readonly born: number;
  readonly end: number;
  readonly smoker: boolean;
}

function addVisits({ wards, visits, labs }: Invented, { patient, born, end, smoker }: Life): void {
  const count = Math.floor((smoker ? 6 : 2) * at(patient, 5) + (smoker ? 2 : 0));
  let day = born + 15_000 + Math.floor(3000 * at(patient, 6));
  let value = 50 + 20 * at(patient, 7);
  for (let visit = 0; visit < count && day <= end; visit += 1) {
    const draw = 10 + 20 * visit;
    const key = `v${patient}-${visit}`;
    const { site = null, ward = null } = wards[Math.floor(60 * at(patient, draw))] ?? {};
    const left = day + Math.floor(10 * at(patient, draw + 1));
    const urgent = at(patient, draw + 2) < 0.5 ? 'yes' : null;
    visits.push({ visit: key, patient: `p${patient}`, site, ward, came: day, left, urgent });
    for (let lab = 0; lab < 3; lab += 1) {
      value += 4 * at(patient, draw + 3 + lab) - 2;
      const taken = (day + lab) * msPerDay + 3_600_000 * Math.floor(10 * at(patient, draw + 6 + lab));
      const isAlone = at(patient, draw + 9 + lab) < 0.2;
      if (taken / msPerDay <= end)
        labs.push({ patient: `p${patient}`, visit: isAlone ? null : key, taken, value: Math.round(value) });
    }
    day += 30 + Math.floor(400 * at(patient, draw + 15));
  }
}

const alive = {
  notBefore: { table: 'patients', column: 'born', reads: 'value' },
  notAfter: { table: 'deaths', column: 'died', reads: 'value' },
} as const;

const aDatasetShape = {
  relations: [
    { parent: 'patients', parentKey: ['patient'], child: 'deaths', foreignKey: ['patient'] },
    { parent: 'patients', parentKey: ['patient'], child: 'visits', foreignKey: ['patient'] },
    { parent: 'wards', parentKey: ['site', 'ward'], child: 'visits', foreignKey: ['site', 'ward'] },
    { parent: 'patients', parentKey: ['patient'], child: 'labs', foreignKey: ['patient'] },
    { parent: 'visits', parentKey: ['visit'], child: 'labs', foreignKey: ['visit'] },
  ],
  windows: [
    { table: 'deaths', column: 'died', notBefore: alive.notBefore },
    { table: 'visits', column: 'came', ...alive },
    { table: 'labs', column: 'taken', ...alive },
  ],
  subjects: 'patients',
} as const;

/** Two roots, two parents, a parent that may be missing, a composite key, a table of at most one row each. */
export function aDataset(patientCount = 400): Dataset {
  const rows = invented(patientCount);
  const key = 'identifier';
  return {
    ...aDatasetShape,
    tables: [
      tableOf('labs', { patient: key, visit: key, taken: 'datetime', value: 'integer' }, rows.labs),
      tableOf('deaths', { patient: key, died: 'date' }, rows.deaths, { primaryKey: ['patient'] }),
      tableOf(
        'visits',
        { visit: key, patient: key, site: key, ward: key, came: 'date', left: 'date', urgent: 'category' },
        rows.visits,
        { primaryKey: ['visit'] },
      ),
      tableOf('patients', { patient: key, smoker: 'boolean', born: 'date', sex: 'category' }, rows.patients, {
        primaryKey: ['patient'],
      }),
      tableOf('wards', { site: key, ward: key, kind: 'category' }, rows.wards, {
        primaryKey: ['site', 'ward'],
      }),
    ],
  };
}

/** A single table of sequences: `drug` and `born` never change within one. */
export function aSequenceTable(): Dataset {
  const rows: Rows = [];
  for (let sequence = 0; sequence < 300; sequence += 1) {
    const at = (draw: number): number => random.uniformAt(sequence, 1000 + draw);
    const end = 200 + Math.floor(800 * at(0));
    const drug = at(1) < 0.5 ? 'a' : 'b';
    let level = Math.round(100 * at(2));
    for (let day = Math.floor(20 * at(3)), visit = 0; day <= end && visit < 8; visit += 1) {
      rows.push({ id: `s${sequence}`, day, end, drug, level });
      level += Math.round(6 * at(4 + visit) - (drug === 'a' ? 5 : 1));
      day += 30 + Math.floor(100 * at(20 + visit));
    }
  }
  const types = {
    id: 'identifier',
    day: 'integer',
    end: 'integer',
    drug: 'category',
    level: 'integer',
  } as const;
  return {
    tables: [tableOf('course', types, rows, { sequenceKey: 'id', sequenceIndex: 'day' })],
    relations: [],
    windows: [
      { table: 'course', column: 'day', notAfter: { table: 'course', column: 'end', reads: 'value' } },
    ],
  };
}

/** All blocks as rows of cells by table; keys and categories as texts, null is missing. For small data sets in tests. */
export async function collectRows(blocks: AsyncIterable<DatasetBlock>): Promise<Map<string, Rows>> {
  const collected = new Map<string, Rows>();
  for await (const block of blocks)
    for (const [name, table] of block)
      collected.set(name, [...(collected.get(name) ?? []), ...rowsOf(table)]);
  return collected;
}

function rowsOf({ rowCount, columns }: Table): Rows {
  return Array.from({ length: rowCount }, (_, row) =>
    Object.fromEntries(
      [...columns].map(([name, column]): [string, Cell] => {
        const text = cellText(column, row);
        const isText = column.kind === 'text' || column.kind === 'category';
        return [name, text === null || isText ? text : Number(text)];
      }),
    ),
  );
}

/** All rows of the tables, as `collectRows` gives them. */
export async function tableRows({ tables }: Dataset): Promise<Map<string, Rows>> {
  const read = new Map<string, Rows>();
  for (const { name, rows } of tables) {
    const columns = new Map<string, Column>();
    for (const column of rows.columnNames) columns.set(column, await rows.column(column));
    read.set(name, rowsOf({ rowCount: rows.rowCount, columns }));
  }
  return read;
}
