import type { OmopSource } from '../source/load-tables.js';
import { OmopSourceError } from '../source/omop-source-error.js';

/**
 * A source is read as data only when every cell of the tables that are read is of its type.
 * @throws {OmopSourceError} naming table, row and field of the first that is not, or the table or field that is missing
 */
export function refuseMisfits({ tables }: OmopSource, needed: ReadonlyMap<string, readonly string[]>): void {
  if (!tables.has('person')) throw new OmopSourceError({ table: 'person' }, 'there is no such table.');
  for (const [name, fields] of needed) {
    const loaded = tables.get(name);
    if (loaded === undefined) continue;
    const missing = fields.find((field) => loaded.missingFields.has(field));
    if (missing !== undefined)
      throw new OmopSourceError({ table: name, field: missing }, 'there is no such column.');
    const misfit = loaded.misfits.find(({ kind }) => kind === 'type');
    if (misfit === undefined) continue;
    const { field, firstRow: row, cells } = misfit;
    const type = loaded.table.fields.find((each) => each.name === field)?.type ?? '';
    throw new OmopSourceError(
      { table: name, row, field },
      `the cell is not of type ${type}; so it is with ${cells} cells of the field. Correct them, or leave the table out.`,
    );
  }
}
