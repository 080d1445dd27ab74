import type { NewIdentifier } from '../../core/schema/new-identifier.js';
import type { Random } from '../../core/random/random.js';
import { createMissingBitmap } from '../../core/table/missing-bitmap.js';
import type { Column } from '../../core/table/table.js';
import { IdentifierError } from './identifier-error.js';
import type { IdentifierSpace } from './identifier-space.js';
import { permutableBitsMax, permutedIndex } from './permuted-index.js';
import { spaceOf } from './space-of.js';

export interface IdentifierColumn {
  readonly name: string;
  readonly regenerate: NewIdentifier;
}

/**
 * The new values of any stretch of rows. A value depends on the stream and on the row's place alone.
 * @param rows how many there will be in all
 * @throws {IdentifierError} when there are fewer values than rows that are each to have their own
 */
export function newValues(
  { name, regenerate }: IdentifierColumn,
  { rows, random }: { readonly rows: number; readonly random: Random },
): (start: number, count: number) => Column {
  const space = spaceOf(regenerate);
  if (regenerate.unique && BigInt(rows) > space.size)
    throw new IdentifierError(name, `${rows} rows are to have a value each, and there are ${space.size}`);
  const indexOf = indexes(space, regenerate.unique, random.fork('identifiers').fork(name));
  return (start, count) => ({
    kind: 'text',
    values: Array.from({ length: count }, (_, row) => space.at(indexOf(start + row))),
    missing: createMissingBitmap(count),
  });
}

function indexes({ size }: IdentifierSpace, unique: boolean, random: Random): (row: number) => bigint {
  const bits = size.toString(2).length;
  // Of more than 2^104 values two of a thousand million are alike once in 10^13 times.
  if (unique && bits <= permutableBitsMax) {
    const permuted = permutedIndex(size, random);
    return (row) => permuted(BigInt(row));
  }
  // 64 bits more than needed, so that no remainder is likelier than another by more than 2^-64.
  const draws = Math.ceil((bits + 64) / 48);
  return (row) => {
    let drawn = 0n;
    for (let draw = 0; draw < draws; draw += 1)
      drawn = (drawn << 48n) | BigInt(Math.floor(random.uniformAt(row, draw) * 2 ** 48));
    return drawn % size;
  };
}
