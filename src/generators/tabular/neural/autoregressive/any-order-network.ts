import type { Variable } from '../../../../core/tensor/variable.js';
import { Dense } from '../layers/dense.js';
import { dropout } from '../layers/dropout.js';
import { Embedding } from '../layers/embedding.js';
import type { Pass } from '../layers/pass.js';
import type { Weights } from '../layers/weights.js';
import { groupCount } from '../../network/network-model.js';
import type { AutoregressiveColumn, NetworkWidths } from './model.js';

/** Columns of a network as it sees them. */
export type NetworkColumn = Pick<AutoregressiveColumn, 'groups' | 'start'>;

interface ColumnLayers {
  readonly embedding: Embedding;
  readonly hidden: Dense;
  readonly output: Dense;
  readonly start: Float32Array;
}

const dropoutShare = 0.25;

/**
 * For each column an embedding, and a network of one hidden layer that gives its law from the embeddings of the columns
 * it is shown. Sizes as in Tiwald et al. 2025, "TabularARGN".
 */
export class AnyOrderNetwork {
  readonly #columns: readonly ColumnLayers[];
  /** Where the embedding of each column begins in all of them side by side; the last is where they end. */
  readonly #starts: readonly number[];

  constructor(weights: Weights, columns: readonly NetworkColumn[], widths: NetworkWidths) {
    const sizes = columns.map((column) => sizesOf(column, widths));
    this.#starts = sizes.reduce((starts, { width }) => [...starts, (starts.at(-1) ?? 0) + width], [0]);
    const inputs = this.#starts.at(-1) ?? 0;
    this.#columns = columns.map((column, at) => {
      const { codes, width, hidden, outputs } = sizesOf(column, widths);
      return {
        embedding: new Embedding(weights, `embedding/${at}`, { codes, width }),
        hidden: new Dense(weights, `hidden/${at}`, { inputs, outputs: hidden }),
        output: new Dense(weights, `output/${at}`, { inputs: hidden, outputs }),
        start: Float32Array.from(column.start),
      };
    });
  }

  /**
   * The embeddings of all columns side by side.
   * @param codes of each column, one a row
   * @param known by column 1 for each row that knows it, else 0; a column without knows all
   */
  embed(
    pass: Pass,
    codes: readonly Int32Array[],
    known: readonly (Float32Array | undefined)[] = [],
  ): Variable {
    const { calculus } = pass;
    const parts = this.#columns.map(({ embedding }, at) => {
      const all = embedding.apply(pass, codes[at] ?? new Int32Array());
      const seen = known[at];
      return seen ? calculus.multiply(all, pass.constant(seen.length, 1, seen)) : all;
    });
    return calculus.concatColumns(parts);
  }

  /**
   * The logits of the groups of a column, from those columns that `isShown` says.
   * @param embedded rows × all embeddings
   */
  logits(pass: Pass, embedded: Variable, { column, isShown }: Shown): Variable {
    const { calculus } = pass;
    const layers = this.#columns[column];
    if (!layers) throw new RangeError(`There is no column ${column}.`);
    const mask = new Float32Array(this.#starts.at(-1) ?? 0);
    for (const at of this.#columns.keys())
      if (isShown(at)) mask.fill(1, this.#starts[at], this.#starts[at + 1]);
    const seen = layers.hidden.apply(pass, embedded, pass.constant(mask.length, 1, mask));
    const inside = dropout(pass, calculus.relu(seen), { name: `hidden/${column}`, share: dropoutShare });
    const start = pass.constant(1, layers.start.length, layers.start);
    return calculus.add(layers.output.apply(pass, inside), start);
  }
}

interface Shown {
  readonly column: number;
  readonly isShown: (column: number) => boolean;
}

interface ColumnSizes {
  /** Groups, and one for a row in none. */
  readonly codes: number;
  /** Of the embedding. */
  readonly width: number;
  readonly hidden: number;
  readonly outputs: number;
}

function sizesOf({ groups }: NetworkColumn, { hiddenMax, embeddingMax }: NetworkWidths): ColumnSizes {
  const outputs = groupCount(groups);
  const codes = outputs + 1;
  return {
    ...{ codes, outputs },
    width: Math.min(codes, embeddingMax, Math.max(10, 3 * Math.ceil(codes ** 0.25))),
    hidden: Math.min(hiddenMax, Math.max(16, 16 * Math.round(Math.log(outputs)))),
  };
}

/** How many numbers each weight of the network has, by its name. */
export function networkShapes(
  columns: readonly NetworkColumn[],
  widths: NetworkWidths,
): ReadonlyMap<string, number> {
  const sizes = columns.map((column) => sizesOf(column, widths));
  const inputs = sizes.reduce((sum, { width }) => sum + width, 0);
  return new Map(
    sizes.flatMap(({ codes, width, hidden, outputs }, at) => [
      [`embedding/${at}`, codes * width] as const,
      [`hidden/${at}/weights`, inputs * hidden] as const,
      [`hidden/${at}/bias`, hidden] as const,
      [`output/${at}/weights`, hidden * outputs] as const,
      [`output/${at}/bias`, outputs] as const,
    ]),
  );
}
