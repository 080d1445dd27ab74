import type { ColumnFormat } from '../../core/table/column-format.js';
import { groupMetadata } from '../../exporters/csvw/csvw-metadata.js';
import type { DatasetShape } from '../../generators/relational/dataset.js';

/** What the CSV files of tables that belong together are, and how their rows name each other. */
export function describeFolder(
  formats: ReadonlyMap<string, readonly ColumnFormat[]>,
  { tables, relations }: DatasetShape,
  fileOf: (table: string) => string,
): Uint8Array {
  const described = [...formats].map(([name, columns]) => ({
    ...{ file: fileOf(name), title: name, columns },
    primaryKey: tables.find((table) => table.name === name)?.primaryKey ?? [],
    // A parent that was made up to learn from is not written, so nothing refers to it.
    foreignKeys: relations
      .filter(({ child, parent }) => child === name && formats.has(parent))
      .map(({ parent, parentKey, foreignKey }) => ({
        ...{ columns: foreignKey, file: fileOf(parent), referenced: parentKey },
      })),
  }));
  return groupMetadata('Tables that belong together', described);
}
