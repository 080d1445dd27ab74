import type { CodedRows } from '../../../core/marginals/count-codes.js';
import type { FitInput, FitOptions, RowsGenerator } from '../../generator.js';
import { packModel } from '../../model-file/model-bytes.js';
import { blockRows } from '../../row-blocks.js';
import { reportStep } from '../differentially-private/private-table.js';
import { prepareColumn } from '../guards/prepare-column.js';
import { cutTails } from '../guards/tail-bounds.js';
import { TooFewRowsError } from '../guards/too-few-rows-error.js';
import { loadNetwork } from '../network/load-network.js';
import { networkFormats } from '../network/network-formats.js';
import { cumulativeRows, groupCount } from '../network/network-model.js';
import type { NetworkColumn, NetworkModel } from '../network/network-model.js';
import { sampleNetwork } from '../network/sample-network.js';
import { WithheldColumnError } from '../withheld-column-error.js';
import { groupColumn } from './grouped-column.js';
import type { GroupedColumn } from './grouped-column.js';
import { growNetwork } from './grow-network.js';
import type { Family } from './grow-network.js';
import { guardedShares } from './guarded-shares.js';
import { mutualInformation } from './mutual-information.js';
import { bayesianNetworkSchema, parseBayesianNetwork } from './parameters.js';
import type { BayesianNetworkParameters } from './parameters.js';

const facts = { name: 'bayesian-network', version: '1.0.0' } as const;

/** Rows that a cell of a table of a column and its parents has in the mean at least. */
const rowsPerCell = 4;
const shareOfReading = 0.3;

/** Each column given a few others that tell most of it, from rows with guards against copying. */
export const bayesianNetwork: RowsGenerator<NetworkModel> = {
  ...facts,
  title: 'Bayesian network of bounded degree',
  tier: 'HIGH',
  sees: 'rows',
  parameters: bayesianNetworkSchema,
  fit: fitBayesianNetwork,
  save: packModel,
  load: (bytes) => loadNetwork(bytes, { ...facts, parse: parseBayesianNetwork }),
  sample: (model, options) => sampleNetwork(model, options, blockRows),
  formats: networkFormats,
};

/**
 * The correlated mode of DataSynthesizer without noise: a greedy network by mutual information. A parent is taken in
 * when it tells more than its table has free shares (Akaike's criterion), so that chance makes no relations.
 * @throws {ParameterError} {WithheldColumnError} {TooFewRowsError}
 */
async function fitBayesianNetwork(input: FitInput, options: FitOptions): Promise<NetworkModel> {
  const parameters = parseBayesianNetwork(options.parameters);
  const columns = await readColumns(input, options, parameters);
  const rows: CodedRows = {
    codes: columns.map(({ codes }) => codes),
    sizes: columns.map(({ groups }) => groupCount(groups)),
  };
  const families = await chooseFamilies(rows, { rowCount: input.rows.rowCount, parameters }, options);
  return {
    generator: facts.name,
    version: facts.version,
    parameters,
    names: input.schema.columns.map(({ name }) => name),
    columns: networkColumns(columns, rows, families, parameters),
    spent: [],
  };
}

async function readColumns(
  { schema, rows }: FitInput,
  options: FitOptions,
  parameters: BayesianNetworkParameters,
): Promise<GroupedColumn[]> {
  for (const { name, type } of schema.columns)
    if (type === 'identifier' || type === 'free-text') throw new WithheldColumnError(name, type);
  const { rowCount } = rows;
  if (rowCount < 2 * parameters.minLeaf) throw new TooFewRowsError(rowCount, 2 * parameters.minLeaf);
  // With as many groups on both sides, a table of two columns has enough rows in the mean cell.
  const groupsMax = Math.min(parameters.groups, Math.max(2, Math.floor(Math.sqrt(rowCount / rowsPerCell))));
  const columns: GroupedColumn[] = [];
  for (const column of schema.columns) {
    const random = options.random.fork(`fit/${column.name}`).fork('tails');
    const given = { rowCount, parameters, random, guardTails: cutTails };
    const guarded = prepareColumn(column, await rows.column(column.name), given);
    const floor = guarded.kind === 'numbers' ? parameters.valueFloor : parameters.categoryFloor;
    columns.push(groupColumn(guarded, { rowCount, groupsMax, floor }));
    await reportStep(options, (shareOfReading * columns.length) / schema.columns.length);
  }
  return columns;
}

async function chooseFamilies(
  rows: CodedRows,
  { rowCount, parameters }: { readonly rowCount: number; readonly parameters: BayesianNetworkParameters },
  options: FitOptions,
): Promise<Family[]> {
  const { sizes } = rows;
  if (sizes.length === 0) return [];
  const information = mutualInformation(rows);
  const sizeOf = (axis: number): number => sizes[axis] ?? 1;
  const combinations = (axes: readonly number[]): number =>
    axes.reduce((cells, axis) => cells * sizeOf(axis), 1);
  /** Nats that the parents tell of all rows, less one for each share that is free. */
  const score = (family: Family | null): number => {
    if (family === null) return 0;
    const free = (sizeOf(family.child) - 1) * (combinations(family.parents) - 1);
    return rowCount * information(family) - free;
  };
  return growNetwork(sizes.length, {
    root: mostTelling(sizes.length, information),
    degree: parameters.degree,
    fits: ({ child, parents }) => combinations([child, ...parents]) * rowsPerCell <= rowCount,
    pick: (candidates, current) => {
      let best: { family: Family | null; score: number } = { family: null, score: score(current) };
      for (const family of candidates) {
        const own = score(family);
        if (own > best.score) best = { family, score: own };
      }
      return best.family;
    },
    pause: (share) => reportStep(options, shareOfReading + (1 - shareOfReading) * share),
  });
}

/** The column that tells most of all others together. */
function mostTelling(columns: number, information: (family: Family) => number): number {
  const sums = Array.from({ length: columns }, (_, parent) =>
    Array.from({ length: columns }, (__, child) =>
      child === parent ? 0 : information({ child, parents: [parent] }),
    ).reduce((sum, one) => sum + one, 0),
  );
  return sums.indexOf(Math.max(...sums));
}

function networkColumns(
  columns: readonly GroupedColumn[],
  rows: CodedRows,
  families: readonly Family[],
  parameters: BayesianNetworkParameters,
): NetworkColumn[] {
  const placeOf = new Map(families.map(({ child }, place) => [child, place]));
  return families.flatMap((family) => {
    const column = columns[family.child];
    if (!column) return [];
    const { schema, domain, groups } = column;
    const width = groupCount(groups);
    const shares = withHiddenMissing(guardedShares(rows, family, parameters), width, column.hiddenMissing);
    return {
      name: schema.name,
      type: schema.type,
      domain,
      groups,
      parents: family.parents.map((parent) => placeOf.get(parent) ?? 0),
      cumulative: cumulativeRows(shares, width),
    };
  });
}

/** A few missing cells come by their share alone, so that no combination tells whose they were. */
function withHiddenMissing(shares: Float64Array, width: number, missing: number): Float64Array {
  if (missing === 0) return shares;
  for (let start = 0; start < shares.length; start += width) {
    const rows = shares.subarray(start, start + width).reduce((sum, count) => sum + count, 0);
    shares[start + width - 1] = (rows * missing) / (1 - missing);
  }
  return shares;
}
