import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { openDuckDb } from '../../core/files/duckdb.js';
import type { ColumnFormat } from '../../core/table/column-format.js';
import type { Table } from '../../core/table/table.js';
import { compareCells } from '../../exporters/package/compare-cells.js';
import { SharedBlocks } from '../../exporters/package/shared-blocks.js';
import { fileOf } from './labelled-target.js';
import type { LabelledTarget } from './labelled-target.js';
import { writeTable } from './write-table.js';

/**
 * Writes one table in several formats from one stream of rows, reads them back and compares every cell; gives the paths of each
 * format, that of the data first. Of files that are not all there, or not the same, none is left.
 * @throws {CellsDifferError}
 */
export async function writeTables(
  blocks: AsyncIterable<Table>,
  columns: readonly ColumnFormat[],
  targets: readonly LabelledTarget[],
  signal: AbortSignal,
): Promise<string[][]> {
  const shared = new SharedBlocks(blocks, targets.length);
  const settled = await Promise.allSettled(
    targets.map((target) =>
      writeTable(shared.read(), columns, target, signal).catch(async (error: unknown) => {
        await shared.stop();
        throw error;
      }),
    ),
  );
  const written = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  try {
    const failure = settled.find((each) => each.status === 'rejected');
    if (failure) throw failure.reason;
    if (targets.length > 1) await compareWritten(columns, targets);
    return written;
  } catch (error) {
    for (const path of written.flat()) await rm(path, { force: true });
    throw error;
  }
}

async function compareWritten(
  columns: readonly ColumnFormat[],
  targets: readonly LabelledTarget[],
): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'picketfence-compare-'));
  const [first, ...others] = targets.map((target) => {
    const path = fileOf(target);
    return { name: basename(path), path, exporter: target.exporter };
  });
  try {
    if (!first) return;
    const db = await openDuckDb({ allowedDirectories: [dirname(first.path)], tempDirectory: scratch });
    try {
      for (const other of others) await compareCells(db, columns, [first, other]);
    } finally {
      db.close();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
