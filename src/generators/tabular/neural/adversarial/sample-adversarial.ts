import { normalQuantile } from '../../../../core/distributions/normal.js';
import type { Random } from '../../../../core/random/random.js';
import { requireColumns } from '../../../../core/schema/unknown-column-error.js';
import type { ColumnFormat } from '../../../../core/table/column-format.js';
import { createMissingBitmap, markMissing } from '../../../../core/table/missing-bitmap.js';
import type { Column, Table } from '../../../../core/table/table.js';
import { Calculus } from '../../../../core/tensor/calculus.js';
import type { Ops } from '../../../../core/tensor/ops.js';
import type { ConditionalSampleOptions } from '../../../generator.js';
import { requireRowCount, rowBlocks } from '../../../row-blocks.js';
import type { RowRange } from '../../column-sampler.js';
import { Pass } from '../layers/pass.js';
import { Weights } from '../layers/weights.js';
import { openBackend } from '../../../../core/tensor/open-backend.js';
import { decodeColumn } from '../transform/decode-rows.js';
import { placesOf } from '../transform/table-layout.js';
import { conditionColumns, cumulative, pick, vectorsOf } from './condition-columns.js';
import type { ConditionColumn } from './condition-columns.js';
import { generatorSizes } from './generator-sizes.js';
import { knownCategory } from './known-category.js';
import type { KnownCategory } from './known-category.js';
import type { AdversarialMethod, AdversarialModel } from './model.js';
import type { Network } from './networks.js';
import { OutputCells } from './output-cells.js';

/** Rows that go through the network together; the rows are the same whatever their number. */
const blockRows = 1024;
/** A new kind of draw gets a new number. */
const draws = { column: 0, choice: 1 } as const;

interface Sampling {
  readonly columns: readonly string[];
  readonly rows: number;
  readonly random: Random;
  readonly asked: readonly ConditionColumn[];
  readonly known: KnownCategory | null;
}

/** @throws {UnknownColumnError} {ConditionError} {RangeError} before the first block */
export function sampleAdversarial(
  method: AdversarialMethod,
  model: AdversarialModel,
  { columns, rows, random, conditions = new Map() }: ConditionalSampleOptions,
): AsyncIterable<Table> {
  requireRowCount(rows);
  const names = model.layout.map(({ name }) => name);
  requireColumns([...columns, ...conditions.keys()], names);
  const asked = method.isConditional ? conditionColumns(model.layout) : [];
  return blocks(method, model, { columns, rows, random, asked, known: knownCategory(asked, conditions) });
}

async function* blocks(
  method: AdversarialMethod,
  model: AdversarialModel,
  sampling: Sampling,
): AsyncGenerator<Table> {
  const ops = await openBackend(model.parameters.backend);
  const weights = new Weights(ops, null);
  const sizes = generatorSizes(method, model.layout, model.parameters);
  const generator = method.generator(weights, sizes);
  weights.setValues(model.weights);
  const output = new OutputCells(model.layout);
  yield* rowBlocks(sampling.rows, blockRows, (range) => {
    const cells = makeCells(
      generator,
      { ops, output, noise: model.parameters.noise },
      { ...sampling, range },
    );
    return decoded(model, { first: range.start, rows: range.count, width: output.width, cells }, sampling);
  });
}

interface Making {
  readonly ops: Ops;
  readonly output: OutputCells;
  readonly noise: number;
}

/** Values, and the probability of each choice. */
export function makeCells(
  generator: Network,
  { ops, output, noise }: Making,
  sampling: Pick<Sampling, 'random' | 'asked' | 'known'> & { readonly range: RowRange },
): Float32Array {
  const { range, random } = sampling;
  const inputs = inputsOf(range, noise, sampling);
  return ops.step(() => {
    const pass = new Pass(new Calculus(ops), { trained: [], isTraining: false, random });
    const made = generator.apply(pass, pass.constant(range.count, inputs.length / range.count, inputs));
    return ops.read(output.probabilities(pass, made).value);
  });
}

function decoded(
  { layout, calibration }: AdversarialModel,
  made: Parameters<typeof decodeColumn>[1],
  { columns, random, known }: Sampling,
): ReadonlyMap<string, Column> {
  const places = placesOf(layout);
  return new Map(
    columns.flatMap((name): [string, Column][] => {
      const place = places.find(({ column }) => column.name === name);
      if (!place) return [];
      const own = calibration[places.indexOf(place)];
      const column = decodeColumn(place, made, random.fork(`column/${name}`), own);
      return [
        [name, known?.column.place.column.name === name ? allOf(column, known.code, made.rows) : column],
      ];
    }),
  );
}

/** The column with the same category, or a gap, in every row. */
function allOf(column: Column, code: number, rows: number): Column {
  if (column.kind !== 'category') return column;
  const missing = createMissingBitmap(rows);
  for (let row = 0; code < 0 && row < rows; row += 1) markMissing(missing, row);
  return { ...column, codes: new Int32Array(rows).fill(Math.max(0, code)), missing };
}

/** Noise and, for each row, what is known of it or else a category as often as the source has it. */
function inputsOf(
  { start, count }: RowRange,
  noise: number,
  { random, asked, known }: Pick<Sampling, 'random' | 'asked' | 'known'>,
): Float32Array {
  const normals = random.fork('noise');
  const vectors = conditionVectors({ start, count }, { random: random.fork('conditions'), asked, known });
  const width = noise + vectors.length / Math.max(1, count);
  const inputs = new Float32Array(count * width);
  for (let offset = 0; offset < count; offset += 1) {
    for (let cell = 0; cell < noise; cell += 1)
      inputs[offset * width + cell] = normalQuantile(normals.uniformAt(start + offset, cell));
    inputs.set(
      vectors.subarray(offset * (width - noise), (offset + 1) * (width - noise)),
      offset * width + noise,
    );
  }
  return inputs;
}

function conditionVectors(
  { start, count }: RowRange,
  { random, asked, known }: Pick<Sampling, 'random' | 'asked' | 'known'>,
): Float32Array {
  if (asked.length === 0) return new Float32Array();
  if (known)
    return vectorsOf(
      asked,
      new Int32Array(count).fill(known.place),
      new Int32Array(count).fill(known.choice),
    );
  const sums = asked.map(({ counts }) => cumulative(counts));
  const columns = Int32Array.from({ length: count }, (_, offset) =>
    Math.floor(random.uniformAt(start + offset, draws.column) * asked.length),
  );
  const choices = columns.map((column, offset) =>
    pick(sums[column] ?? new Float64Array(), random.uniformAt(start + offset, draws.choice)),
  );
  return vectorsOf(asked, columns, choices);
}

export function adversarialFormats({ layout }: AdversarialModel): readonly ColumnFormat[] {
  return layout.map((column) => {
    const { name, type } = column;
    const isNumber = column.kind === 'numbers' && (type === 'number' || type === 'integer');
    return isNumber ? { name, type, decimals: column.grid.decimals } : { name, type };
  });
}
