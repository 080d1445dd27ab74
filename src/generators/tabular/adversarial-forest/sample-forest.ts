import type { Random } from '../../../core/random/random.js';
import { requireColumns } from '../../../core/schema/unknown-column-error.js';
import type { ColumnFormat } from '../../../core/table/column-format.js';
import { createMissingBitmap, markMissing } from '../../../core/table/missing-bitmap.js';
import type { Column, Table } from '../../../core/table/table.js';
import type { ConditionalSampleOptions, Condition } from '../../generator.js';
import { requireRowCount, rowBlocks } from '../../row-blocks.js';
import type { RowRange } from '../column-sampler.js';
import { ConditionError } from '../condition-error.js';
import { snapToGrid } from '../guards/value-grid.js';
import { drawCategory, drawLeafNumber, leafMass } from './leaf-value.js';
import type { ForestColumn, ForestModel } from './model.js';

/** Row i uses uniformAt(i, draw). A new kind of draw gets a new number, so that the old values stay as they are. */
const draws = { missing: 0, value: 1 } as const;

/**
 * A leaf for each row, by how many real rows it holds and how likely it makes what is known, and every cell by the law
 * of that leaf: exact, as columns are independent within leaves. The same rows whatever the size of a block.
 * @throws {UnknownColumnError} {ConditionError} {RangeError} before the first block
 */
export function sampleForest(
  model: ForestModel,
  { columns, rows, random, conditions = new Map() }: ConditionalSampleOptions,
  rowsPerBlock: number,
): AsyncIterable<Table> {
  requireRowCount(rows);
  const names = model.columns.map(({ name }) => name);
  requireColumns([...columns, ...conditions.keys()], names);
  const asked = columns.flatMap((name) => model.columns.filter((column) => column.name === name));
  const cumulative = cumulativeWeights(model, conditions);
  const ofLeaves = random.fork('leaf');
  const streams = new Map(asked.map(({ name }) => [name, random.fork(`column/${name}`)]));
  return rowBlocks(rows, rowsPerBlock, (range) => {
    const leaves = Int32Array.from({ length: range.count }, (_, offset) =>
      pick(cumulative, ofLeaves.uniformAt(range.start + offset)),
    );
    const drawing = { leaves, range };
    return new Map(
      asked.map((column) => [
        column.name,
        drawColumn(column, conditions.get(column.name), {
          ...drawing,
          random: streams.get(column.name) ?? random,
        }),
      ]),
    );
  });
}

/** Running sums over leaves. @throws {ConditionError} when no leaf allows all conditions */
function cumulativeWeights(
  { weights, columns }: ForestModel,
  conditions: ReadonlyMap<string, Condition>,
): Float64Array {
  const left = weights.slice();
  for (const column of columns) {
    const known = conditions.get(column.name);
    if (known === undefined) continue;
    refuseOffGrid(column, known);
    let sum = 0;
    for (const [leaf, weight] of left.entries()) {
      left[leaf] = weight === 0 ? 0 : weight * leafMass(column, leaf, known);
      sum += left[leaf] ?? 0;
    }
    if (!(sum > 0))
      throw new ConditionError(
        column.name,
        'no row that the model can make meets it, or not together with the others',
      );
  }
  let running = 0;
  return left.map((weight) => (running += weight));
}

/** What is rounded to the grid must not leave the range again. */
function refuseOffGrid({ name, values }: ForestColumn, known: Condition): void {
  if (values.kind === 'categories' || known === null || typeof known === 'string') return;
  const { low, high } = typeof known === 'number' ? { low: known, high: known } : known;
  const step = values.grid.step / 10 ** values.grid.decimals;
  const first = [low, low + step]
    .map((value) => snapToGrid(values.grid, value))
    .find((value) => value >= low);
  const hasAtom = values.atoms.some((value) => value >= low && value <= high);
  if (hasAtom || (first !== undefined && first <= high)) return;
  throw new ConditionError(
    name,
    `no value with ${values.grid.decimals} decimals lies from ${low} to ${high}`,
  );
}

interface Drawing {
  readonly leaves: Int32Array;
  readonly range: RowRange;
  readonly random: Random;
}

function drawColumn(
  { type, missing: shares, values }: ForestColumn,
  known: Condition | undefined,
  { leaves, range, random }: Drawing,
): Column {
  const missing = createMissingBitmap(range.count);
  const isGiven = known !== undefined && known !== null;
  for (const [offset, leaf] of leaves.entries()) {
    const uniform = random.uniformAt(range.start + offset, draws.missing);
    if (known === null || (!isGiven && uniform < (shares[leaf] ?? 0))) markMissing(missing, offset);
  }
  const uniformOf = (offset: number): number => random.uniformAt(range.start + offset, draws.value);
  if (values.kind === 'categories') {
    const code = typeof known === 'string' ? values.dictionary.indexOf(known) : -1;
    const codes = leaves.map((leaf, offset) =>
      code >= 0 ? code : Math.max(0, drawCategory(values, leaf, uniformOf(offset))),
    );
    return { kind: 'category', codes, dictionary: values.dictionary, missing };
  }
  const span = typeof known === 'number' ? { low: known, high: known } : known;
  const drawn = Float64Array.from(leaves, (leaf, offset) =>
    drawLeafNumber(
      values,
      leaf,
      uniformOf(offset),
      typeof span === 'object' && span !== null ? span : undefined,
    ),
  );
  if (type === 'date') return { kind: 'date', values: Int32Array.from(drawn), missing };
  return { kind: type === 'datetime' ? 'datetime' : 'number', values: drawn, missing };
}

function pick(cumulative: Float64Array, uniform: number): number {
  const target = uniform * (cumulative.at(-1) ?? 0);
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cumulative[middle] ?? 0) < target) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function forestFormats({ columns }: ForestModel): readonly ColumnFormat[] {
  return columns.map(({ name, type, values }) => {
    const isNumber = values.kind === 'numbers' && (type === 'number' || type === 'integer');
    return isNumber ? { name, type, decimals: values.grid.decimals } : { name, type };
  });
}
