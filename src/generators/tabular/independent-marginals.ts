import type { ColumnProfile, Profile } from '../../core/profile/profile.js';
import { UnknownColumnError } from '../../core/schema/unknown-column-error.js';
import type { ColumnFormat } from '../../core/table/column-format.js';
import type { Table } from '../../core/table/table.js';
import type { ProfileGenerator, SampleOptions } from '../generator.js';
import { blockRows, requireRowCount, rowBlocks } from '../row-blocks.js';
import { createColumnSampler } from './create-column-sampler.js';

/**
 * Draws every column by itself from the signed profile: each looks like its original and no relation between
 * columns survives, so nothing beyond the profile that was read and signed can leave.
 */
export const independentMarginals: ProfileGenerator = {
  name: 'independent-marginals',
  version: '1.0.0',
  title: 'Independent columns from a signed profile',
  tier: 'LOW',
  sees: 'profile',
  parameters: { type: 'object', properties: {}, additionalProperties: false },
  sample: (profile, options) => sampleBlocks(profile, options, blockRows),
  formats: (profile) => profile.columns.filter(({ kind }) => kind !== 'withheld').map(formatOf),
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
  requireRowCount(rows);
  const samplers = new Map(
    // One stream a column, named for it: what a column holds does not depend on its neighbours or its place.
    columns.map((name) => [
      name,
      createColumnSampler(columnOf(profile, name), random.fork(`column/${name}`)),
    ]),
  );
  return rowBlocks(
    rows,
    rowsPerBlock,
    (range) => new Map([...samplers].map(([name, sample]) => [name, sample(range)])),
  );
}

function formatOf(column: ColumnProfile): ColumnFormat {
  const { name, type } = column;
  const isNumber = column.kind === 'numeric' && (type === 'number' || type === 'integer');
  return isNumber ? { name, type, decimals: column.decimals } : { name, type };
}

function columnOf(profile: Profile, name: string): ColumnProfile {
  const column = profile.columns.find((candidate) => candidate.name === name);
  if (column) return column;
  throw new UnknownColumnError(
    name,
    profile.columns.map((known) => known.name),
  );
}
