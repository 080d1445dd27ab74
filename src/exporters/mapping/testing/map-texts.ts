import type { PatientRecord } from '../../../core/events/patient-record.js';
import type { ColumnSource } from '../../../core/table/column-source.js';
import { createMissingBitmap } from '../../../core/table/missing-bitmap.js';
import type { MappingCoverage } from '../coverage.js';
import { mapTables } from '../map-tables.js';
import { readMapping } from '../read-mapping.js';
import type { ReadMapping } from '../read-mapping.js';

/** A table by its columns, each a list of cells. */
export type TextTable = Readonly<Record<string, readonly string[]>>;

function textSource(table: TextTable): ColumnSource {
  const columns = new Map(Object.entries(table));
  const rowCount = columns.values().next().value?.length ?? 0;
  return {
    ...{ rowCount, columnNames: [...columns.keys()] },
    column: (name) => {
      const values = columns.get(name);
      if (!values) return Promise.reject(new Error(`There is no column ${name}.`));
      return Promise.resolve({ kind: 'text', values, missing: createMissingBitmap(rowCount) });
    },
  };
}

/** Read once each, since properties ask for the same one a hundred times. */
const mappings = new Map<string, ReadMapping>();

/** What a mapping file makes of tables. */
export async function mapTexts(
  yaml: string,
  tables: Readonly<Record<string, TextTable>>,
): Promise<{ records: PatientRecord[]; coverage: MappingCoverage }> {
  const sources = new Map(Object.entries(tables).map(([name, table]) => [name, textSource(table)]));
  const mapping = mappings.get(yaml) ?? readMapping('m.yaml', yaml);
  mappings.set(yaml, mapping);
  const mapped = await mapTables(mapping, sources);
  const records: PatientRecord[] = [];
  for await (const record of mapped.records) records.push(record);
  return { records, coverage: mapped.coverage() };
}
