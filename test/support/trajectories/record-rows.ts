import type { RecordBuffers } from '../../../src/generators/trajectories/record/record-buffers.js';

interface Table {
  readonly count: number;
  readonly columns: readonly { at(row: number): number | string | null }[];
}

/** All rows of all tables as text, so that two records can be compared; without the numbers of prescriptions, which a compiler gives. */
export function recordRows(record: RecordBuffers): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(record).map(([name, table]) => {
      const { count, columns } = table as Table;
      const compared = columns.filter((column) => column !== record.medications.prescription);
      const row = (at: number): string => compared.map((column) => String(column.at(at))).join(' ');
      return [name, Array.from({ length: count }, (_, at) => row(at))];
    }),
  );
}
