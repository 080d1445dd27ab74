import { readFile } from 'node:fs/promises';
import type { ColumnProposal } from '../../core/files/inspect-columns.js';
import type { TableSchema } from '../../core/schema/schema.js';
import { columnOfSdv } from '../../core/schema/sdv-metadata.js';
import { metadataMarkers } from '../evaluate/column-reading.js';
import { parseSdvMetadata, singleTableName } from '../evaluate/sdv-metadata.js';
import { StartRefused } from '../start-refused.js';

/**
 * The columns of a table as SDV metadata of that one table describe them; what they leave open, inspection says.
 * @throws {StartRefused} {SdvMetadataError} naming the column
 */
export async function schemaOfMetadata(
  file: string,
  proposals: readonly ColumnProposal[],
): Promise<TableSchema> {
  const { tables } = parseSdvMetadata(await readFile(file, 'utf8'), file);
  const table = tables.get(singleTableName) ?? (tables.size === 1 ? [...tables.values()][0] : undefined);
  if (!table)
    throw new StartRefused(`${file} describes ${tables.size} tables; give the folder of their files.`);
  for (const name of table.columns.keys())
    if (!proposals.some((proposal) => proposal.name === name))
      throw new StartRefused(`${file} has a column "${name}", the table has not.`);
  const keys = table.keys.primaryKey ?? [];
  const columns = proposals.map((proposal) => {
    const words = table.columns.get(proposal.name);
    if (!words) throw new StartRefused(`The table has a column "${proposal.name}", ${file} has not.`);
    const missingMarkers = [...new Set([...metadataMarkers, ...proposal.missingMarkers])];
    const isKey = keys.length === 1 && keys[0] === proposal.name;
    return columnOfSdv({ ...proposal, missingMarkers }, words, isKey);
  });
  return { columns };
}
