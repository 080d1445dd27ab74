import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Profile } from '../../core/profile/profile.js';
import { UnknownColumnError } from '../../core/schema/unknown-column-error.js';
import type { Column, Table } from '../../core/table/table.js';
import type { Generator, SampleOptions } from '../generator.js';
import type { ColumnSampler } from './column-sampler.js';
import { createColumnSampler } from './create-column-sampler.js';

const blockRows = 4096;

/**
 * Draws every column by itself from the signed profile: each looks like its original and no relation between
 * columns survives, so nothing beyond the profile that was read and signed can leave.
 */
export const independentMarginals: Generator<Profile> = {
  name: 'independent-marginals',
  version: '1.0.0',
  title: 'Independent columns from a signed profile',
  tier: 'LOW',
  sees: 'profile',
  parameters: { type: 'object', properties: {}, additionalProperties: false },
  sample: (profile, options) => sampleBlocks(profile, options, blockRows),
};

/**
 * The same rows whatever the size of a block.
 * @throws {UnknownColumnError} {WithheldColumnError} {RangeError} before the first block
 */
export function sampleBlocks(
  profile: Profile,
  { columns, rows, random }: SampleOptions,
  rowsPerBlock: number,
): AsyncIterable<Table> {
  if (!Number.isSafeInteger(rows) || rows < 0) throw new RangeError(`${rows} is not a number of rows.`);
  const samplers = new Map(
    // One stream a column, named for it: what a column holds does not depend on its neighbours or its place.
    columns.map((name) => [
      name,
      createColumnSampler(columnOf(profile, name), random.fork(`column/${name}`)),
    ]),
  );
  return blocksOf(samplers, rows, rowsPerBlock);
}

async function* blocksOf(
  samplers: ReadonlyMap<string, ColumnSampler>,
  rows: number,
  rowsPerBlock: number,
): AsyncGenerator<Table> {
  for (let start = 0; start < rows; start += rowsPerBlock) {
    const count = Math.min(rowsPerBlock, rows - start);
    const columns = new Map<string, Column>();
    for (const [name, sample] of samplers) columns.set(name, sample({ start, count }));
    yield { rowCount: count, columns };
    await nextTurn(); // Timers, cancellation and other jobs get their turn between blocks.
  }
}

function columnOf(profile: Profile, name: string): Profile['columns'][number] {
  const column = profile.columns.find((candidate) => candidate.name === name);
  if (column) return column;
  throw new UnknownColumnError(
    name,
    profile.columns.map((known) => known.name),
  );
}
