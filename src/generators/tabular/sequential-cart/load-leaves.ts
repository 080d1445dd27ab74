import type { ModelReader } from '../../model-file/model-reader.js';
import type { CategoryLeaves, NumberLeaves } from './model.js';
import type { TailBounds } from '../guards/tail-bounds.js';

export function readNumberLeaves(reader: ModelReader, leafCount: number, bounds: TailBounds): NumberLeaves {
  const frame = readFrame(reader, leafCount);
  const values = reader.at('values').floats();
  const exact = reader.at('exact').bytes();
  requireLength(reader.at('values'), values.length, frame.cumulative.length);
  requireLength(reader.at('exact'), exact.length, frame.cumulative.length);
  if (values.some((value) => !(value >= bounds.low && value <= bounds.high)))
    reader.at('values').fail('a value lies outside the bounds');
  return { ...frame, values, exact };
}

export function readCategoryLeaves(
  reader: ModelReader,
  leafCount: number,
  categories: number,
): CategoryLeaves {
  const frame = readFrame(reader, leafCount);
  const codes = reader.at('codes').integers();
  requireLength(reader.at('codes'), codes.length, frame.cumulative.length);
  if (codes.some((code) => code < 0 || code >= categories))
    reader.at('codes').fail('there is no such category');
  return { ...frame, codes };
}

/** Each leaf has entries, and each entry at least as many rows up to it as the one before. */
function readFrame(reader: ModelReader, leafCount: number): { starts: Int32Array; cumulative: Int32Array } {
  const starts = reader.at('starts').integers();
  const cumulative = reader.at('cumulative').integers();
  requireLength(reader.at('starts'), starts.length, leafCount + 1);
  if (starts[0] !== 0 || starts[leafCount] !== cumulative.length)
    reader.at('starts').fail('they do not cover the entries');
  for (let leaf = 0; leaf < leafCount; leaf += 1) {
    const start = starts[leaf] ?? 0;
    const end = starts[leaf + 1] ?? 0;
    let before = 0;
    for (let entry = start; entry < end; entry += 1) {
      const rows = cumulative[entry] ?? 0;
      if (rows < before) reader.at('cumulative').fail(`the counts of leaf ${leaf} fall`);
      before = rows;
    }
    if (before === 0) reader.at('cumulative').fail(`leaf ${leaf} has no rows`);
  }
  return { starts, cumulative };
}

function requireLength(reader: ModelReader, found: number, wanted: number): void {
  if (found !== wanted) reader.fail(`it has ${found} entries, not ${wanted}`);
}
