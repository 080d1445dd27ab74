import type { Random } from '../../../core/random/random.js';
import type { BinnedFeature } from '../../../core/trees/tree.js';
import { selectRows } from '../../../core/table/select-rows.js';
import type { FitInput, FitOptions } from '../../generator.js';
import { reportStep } from '../differentially-private/private-table.js';
import { prepareColumn } from '../guards/prepare-column.js';
import type { PreparedColumn } from '../guards/prepared-column.js';
import { cutTails } from '../guards/tail-bounds.js';
import { TooFewRowsError } from '../guards/too-few-rows-error.js';
import { binsFor, featureOf } from '../sequential-cart/column-bins.js';
import type { ColumnBins } from '../sequential-cart/column-bins.js';
import { WithheldColumnError } from '../withheld-column-error.js';
import { growForest } from './grow-forest.js';
import { leafLaws } from './leaf-laws.js';
import { generatorName, generatorVersion } from './model.js';
import type { ForestModel } from './model.js';
import { parseForestParameters } from './parameters.js';
import type { ForestParameters } from './parameters.js';
import { realLeaves } from './real-leaves.js';
import type { RealLeaf } from './real-leaves.js';

/** Rounds end when a forest is right about no more than this share of unseen rows; the leaves it was fooled by most stay. */
const accuracyWanted = 0.5;
const shareOfReading = 0.2;
/** Nothing is learned from fewer rows, as by other generators. */
const rowsLeast = 40;

/**
 * Trees that tell real rows from made ones are grown, and rows made anew from their leaves, until they cannot: then the
 * columns are independent within leaves, and leaves are a density. Watson, Blesch, Kapar, Wright, "Adversarial random
 * forests for density estimation and generative modeling", AISTATS 2023.
 * @throws {ParameterError} {WithheldColumnError} {TooFewRowsError}
 */
export async function fitForest(input: FitInput, options: FitOptions): Promise<ForestModel> {
  const parameters = parseForestParameters(options.parameters);
  const { prepared, bins, features } = await readColumns(input, options, parameters);
  const leaves = features.length === 0 ? [] : await growLeaves(features, { options, parameters });
  const rowCount = features[0]?.bins.length ?? 0;
  return {
    generator: generatorName,
    version: generatorVersion,
    parameters,
    weights: Float64Array.from(leaves, ({ rows }) => rows.length / rowCount),
    columns: prepared.map((column, at) =>
      leafLaws(column, leaves, { at, bins: bins[at], parameters, rowCount }),
    ),
  };
}

interface ReadColumns {
  readonly prepared: readonly PreparedColumn[];
  readonly bins: readonly ColumnBins[];
  readonly features: readonly BinnedFeature[];
}

async function readColumns(
  { schema, rows: all }: FitInput,
  options: FitOptions,
  parameters: ForestParameters,
): Promise<ReadColumns> {
  for (const { name, type } of schema.columns)
    if (type === 'identifier' || type === 'free-text') throw new WithheldColumnError(name, type);
  const rowsMin = Math.max(rowsLeast, 2 * parameters.minLeaf);
  if (all.rowCount < rowsMin) throw new TooFewRowsError(all.rowCount, rowsMin);
  const rows =
    all.rowCount <= parameters.rowsMax ? all : selectRows(all, drawnRows(all.rowCount, parameters, options));
  const { rowCount } = rows;
  const [prepared, bins, features]: [PreparedColumn[], ColumnBins[], BinnedFeature[]] = [[], [], []];
  for (const column of schema.columns) {
    const random = options.random.fork(`fit/${column.name}`).fork('tails');
    const given = { rowCount, parameters, random, guardTails: cutTails };
    const guarded = prepareColumn(column, await rows.column(column.name), given);
    const own = binsFor(guarded, parameters.bins);
    prepared.push(guarded);
    bins.push(own);
    features.push(featureOf(guarded, own, rowCount));
    await reportStep(options, (shareOfReading * prepared.length) / schema.columns.length);
  }
  return { prepared, bins, features };
}

function drawnRows(rowCount: number, { rowsMax }: ForestParameters, { random }: FitOptions): Int32Array {
  const stream = random.fork('rows');
  const places = Array.from({ length: rowCount }, (_, row) => ({ row, key: stream.uniformAt(row) }));
  const drawn = places.sort((a, b) => a.key - b.key).slice(0, rowsMax);
  return Int32Array.from(drawn, ({ row }) => row).sort();
}

async function growLeaves(
  features: readonly BinnedFeature[],
  { options, parameters }: { readonly options: FitOptions; readonly parameters: ForestParameters },
): Promise<readonly RealLeaf[]> {
  const random = options.random.fork('forest');
  const count = features[0]?.bins.length ?? 0;
  const all = Int32Array.from({ length: count }, (_, row) => row);
  const root = { rows: all, lowest: new Uint8Array(), highest: new Uint8Array() };
  let leaves: RealLeaf[] = [root];
  let best: { leaves: readonly RealLeaf[]; accuracy: number } = { leaves, accuracy: Infinity };
  for (let round = 0; round < parameters.rounds && best.accuracy > accuracyWanted; round += 1) {
    const own = random.fork(`round/${round}`);
    const made = makeBins(features, leaves, own.fork('made'));
    const { accuracy, trees } = growForest(features, made, { parameters, random: own.fork('trees') });
    if (accuracy < best.accuracy) best = { leaves, accuracy };
    await reportStep(options, shareOfReading + ((1 - shareOfReading) * (round + 1)) / parameters.rounds);
    leaves = trees.flatMap((tree) => realLeaves(tree, features, all, parameters.minLeaf));
  }
  return best.leaves;
}

/** As many rows as there are: each from a leaf by its share, every cell of it from any row of the leaf. */
function makeBins(
  features: readonly BinnedFeature[],
  leaves: readonly RealLeaf[],
  random: Random,
): Uint8Array[] {
  const count = features[0]?.bins.length ?? 0;
  const total = leaves.reduce((sum, { rows }) => sum + rows.length, 0);
  const ofRow = new Int32Array(total);
  let end = 0;
  for (const [leaf, { rows }] of leaves.entries()) ofRow.fill(leaf, end, (end += rows.length));
  const chosen = Array.from(
    { length: count },
    (_, row) => ofRow[Math.floor(random.uniformAt(row, 0) * total)] ?? 0,
  );
  return features.map(({ bins }, at) =>
    Uint8Array.from({ length: count }, (_, row) => {
      const donors = leaves[chosen[row] ?? 0]?.rows ?? new Int32Array(1);
      return bins[donors[Math.floor(random.uniformAt(row, at + 1) * donors.length)] ?? 0] ?? 0;
    }),
  );
}
