import type { Table } from '../../src/core/table/table.js';
import type { TableMetadata } from '../../src/evaluation/fidelity/quality/table-metadata.js';
import type { TimeReference, TimeWindow } from '../../src/generators/relational/dataset.js';
import { cellText } from '../../src/core/table/key-cells.js';
import { boundOf, numbersOf, unitOf } from '../../src/generators/relational/times.js';
import type { Tables } from './tables.js';

interface Judged {
  readonly windows: readonly TimeWindow[];
  readonly subjects: string | undefined;
  readonly keys: ReadonlyMap<string, TableMetadata>;
}

/** How many times lie outside their window, counted from the finished tables by the subject's key alone. */
export function countBroken(tables: Tables, { windows, keys }: Judged): string {
  let [early, late, judged] = [0, 0, 0];
  for (const { table: name, column, notBefore, notAfter } of windows) {
    const table = tables.get(name);
    const times = table?.columns.get(column);
    if (!table || !times) continue;
    const values = numbersOf(times);
    const to = unitOf(times);
    const own = subjectCells(table, keys.get(name));
    const bound = (reference: TimeReference | undefined, end: 'low' | 'high'): ((row: number) => number) => {
      const other = reference && tables.get(reference.table);
      const cells = other?.columns.get(reference?.column ?? '');
      if (!reference || !other || !cells) return () => NaN;
      const subjects = subjectCells(other, keys.get(reference.table));
      const numbers = numbersOf(cells);
      const known = new Map(subjects.map((subject, row) => [subject, numbers[row] ?? NaN]));
      const reading = { reads: reference.reads, from: unitOf(cells), to, end };
      return (row) => boundOf(known.get(own[row] ?? '') ?? NaN, reading);
    };
    const [low, high] = [bound(notBefore, 'low'), bound(notAfter, 'high')];
    values.forEach((value, row) => {
      if (Number.isNaN(value)) return;
      judged += 1;
      if (value < low(row)) early += 1;
      if (value > high(row)) late += 1;
    });
  }
  const changing = changingColumns(tables, keys);
  return `${judged} times, ${early} before the window, ${late} after it${changing}`;
}

/** The key of the subject in each row. */
function subjectCells(table: Table, metadata: TableMetadata | undefined): string[] {
  const name = [metadata?.sequenceKey ?? '', 'person_id', 'id'].find((each) => table.columns.has(each));
  const column = table.columns.get(name ?? '');
  return Array.from({ length: table.rowCount }, (_, row) => (column ? (cellText(column, row) ?? '') : ''));
}

/** Of a single table of sequences: the columns that change within a sequence. */
function changingColumns(tables: Tables, keys: Judged['keys']): string {
  if (tables.size > 1) return '';
  const [[name, table] = []] = tables;
  if (name === undefined || !table) return '';
  const subjects = subjectCells(table, keys.get(name));
  const changing = [...table.columns].flatMap(([column, cells]) => {
    const first = new Map<string, string | null>();
    const changes = subjects.some((subject, row) => {
      const cell = cellText(cells, row);
      if (!first.has(subject)) first.set(subject, cell);
      return first.get(subject) !== cell;
    });
    return changes ? [column] : [];
  });
  return `; columns that change within a subject: ${changing.join(', ')}`;
}
