import { isMissing } from '../../core/table/missing-bitmap.js';
import { selectRows } from '../../core/table/select-rows.js';
import type { ColumnSource } from '../../core/table/column-source.js';
import type { Dataset, DatasetTable, TimeReference } from './dataset.js';
import { cellText, keyCells } from '../../core/table/key-cells.js';
import type { SplitSequence } from './model.js';
import { RelationalError } from './relational-error.js';

/**
 * Gives each table of sequences without a parent one: a row for each sequence with what never changes within any.
 * @throws {RelationalError} when a row belongs to no sequence
 */
export async function splitSequences(
  dataset: Dataset,
): Promise<{ dataset: Dataset; sequences: readonly SplitSequence[] }> {
  let split = dataset;
  const sequences: SplitSequence[] = [];
  for (const table of dataset.tables) {
    const { name, sequenceKey } = table;
    if (sequenceKey === undefined) continue;
    const isChild = dataset.relations.some(
      ({ child, foreignKey }) => child === name && foreignKey.includes(sequenceKey),
    );
    if (isChild) continue;
    const { rows, sequence } = await splitTable(table, sequenceKey);
    sequences.push(sequence);
    split = withParent(split, table, { rows, sequence, sequenceKey });
  }
  return { dataset: split, sequences };
}

async function splitTable(
  table: DatasetTable,
  sequenceKey: string,
): Promise<{ rows: ColumnSource; sequence: SplitSequence }> {
  const keys = await keyCells(table.rows, [sequenceKey]);
  const first = new Map<string, number>();
  for (const [row, key] of keys.entries()) {
    if (key === null)
      throw new RelationalError(
        { table: table.name, columns: [sequenceKey], row: row + 1 },
        'the row belongs to no sequence.',
      );
    if (!first.has(key)) first.set(key, row);
  }
  const firstRows = Int32Array.from(keys, (key) => first.get(key ?? '') ?? 0);
  const staticColumns: string[] = [];
  for (const { name } of table.schema.columns) {
    if ([sequenceKey, table.sequenceIndex, ...table.primaryKey].includes(name)) continue;
    const column = await table.rows.column(name);
    const isStatic = firstRows.every(
      (start, row) =>
        isMissing(column.missing, start) === isMissing(column.missing, row) &&
        cellText(column, start) === cellText(column, row),
    );
    if (isStatic) staticColumns.push(name);
  }
  const columns = table.schema.columns.map(({ name }) => name);
  const parent = `${table.name}, each ${sequenceKey}`;
  return {
    rows: selectRows(table.rows, Int32Array.from(first.values())),
    sequence: { table: table.name, parent, staticColumns, columns },
  };
}

interface Split {
  readonly rows: ColumnSource;
  readonly sequence: SplitSequence;
  readonly sequenceKey: string;
}

function withParent(
  dataset: Dataset,
  table: DatasetTable,
  { rows, sequence: { parent, staticColumns }, sequenceKey }: Split,
): Dataset {
  const isAbove = (name: string): boolean => name === sequenceKey || staticColumns.includes(name);
  const above: DatasetTable = {
    name: parent,
    schema: { columns: table.schema.columns.filter(({ name }) => isAbove(name)) },
    rows,
    primaryKey: [sequenceKey],
  };
  const below: DatasetTable = {
    ...table,
    schema: { columns: table.schema.columns.filter(({ name }) => !staticColumns.includes(name)) },
  };
  const key = [sequenceKey];
  const moved = (reference: TimeReference): TimeReference =>
    reference.table === table.name && staticColumns.includes(reference.column)
      ? { ...reference, table: parent }
      : reference;
  return {
    ...dataset,
    tables: dataset.tables.flatMap((each) => (each === table ? [above, below] : [each])),
    relations: [...dataset.relations, { parent, parentKey: key, child: table.name, foreignKey: key }],
    windows: dataset.windows.map((window) => ({
      ...window,
      ...(window.notBefore ? { notBefore: moved(window.notBefore) } : {}),
      ...(window.notAfter ? { notAfter: moved(window.notAfter) } : {}),
    })),
  };
}
