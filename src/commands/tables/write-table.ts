import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ColumnFormat } from '../../core/table/column-format.js';
import type { Table } from '../../core/table/table.js';
import { fileOf } from './labelled-target.js';
import type { LabelledTarget } from './labelled-target.js';
import { refuseExisting, writeWhole } from './write-whole.js';

/** Writes one table in one format with what describes it; gives the paths, that of the data first. */
export async function writeTable(
  blocks: AsyncIterable<Table>,
  columns: readonly ColumnFormat[],
  target: LabelledTarget,
  signal: AbortSignal,
): Promise<string[]> {
  const { exporter, folder, baseName } = target;
  const scratch = await mkdtemp(`${fileOf(target)}.partial-`);
  try {
    const { files } = exporter.open(blocks, { title: baseName, baseName, columns, scratch });
    const paths = files.map(({ name }) => join(folder, name));
    for (const path of paths) refuseExisting(path);
    for (const { name, bytes } of files) await writeWhole(join(folder, name), bytes, signal);
    return paths;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
