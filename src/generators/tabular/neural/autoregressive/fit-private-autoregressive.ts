import { exactNoise } from '../../../../core/privacy/noise.js';
import type { Noise } from '../../../../core/privacy/noise.js';
import { unitsPerOne, unitsRoundedDown } from '../../../../core/privacy/privacy-units.js';
import type { PrivacyAccount } from '../../../../core/privacy/privacy-account.js';
import { systemBits } from '../../../../core/privacy/random-bits.js';
import { bestOrder, epsilonAtOrders } from '../../../../core/privacy/sampled-gaussian.js';
import { epsilonOf } from '../../../../core/privacy/zcdp.js';
import type { SampledSums } from '../../../../core/privacy/sampled-sums.js';
import { Calculus } from '../../../../core/tensor/calculus.js';
import type { FitInput, FitOptions } from '../../../generator.js';
import { groupTable } from '../../differentially-private/grouped-table.js';
import { readPrivateTable } from '../../differentially-private/private-table.js';
import type { PrivateTable } from '../../differentially-private/private-table.js';
import { TooManyColumnsError } from '../../differentially-private/too-many-columns-error.js';
import { groupCount } from '../../network/network-model.js';
import { openBackend } from '../../../../core/tensor/open-backend.js';
import { Pass } from '../layers/pass.js';
import { Weights } from '../layers/weights.js';
import { batchRowsMost, privateStep } from '../private/private-step.js';
import type { PrivateTrainingParameters } from '../private/training-parameters.js';
import { train } from '../training/train.js';
import type { TrainingRecord } from '../training/training-plan.js';
import { AnyOrderLearner, adamWeights } from './any-order-learner.js';
import { AnyOrderNetwork } from './any-order-network.js';
import type { AutoregressiveColumn, AutoregressiveModel } from './model.js';
import { parsePrivateAutoregressive } from './private-parameters.js';
import type { PrivateAutoregressiveParameters } from './private-parameters.js';
import { columnOf, columnsMax } from './read-columns.js';
import { requireRebalance } from './rebalanced-groups.js';

export const privateName = 'dp-autoregressive-network';
export const privateVersion = '1.0.0';

const shareOfReading = 0.1;
/** Few weights: noise is on each of them. */
const widths = { hiddenMax: 16, embeddingMax: 4 };

type PrivateModel = AutoregressiveModel & { readonly parameters: PrivateAutoregressiveParameters };

/**
 * As without privacy, but values are grouped by noisy counts of public domains, and training is by noisy sums of cut
 * gradients. There is no checkpoint: noise that was drawn again would be a second look at the rows.
 * @throws {ParameterError} {WithheldColumnError} {UnknownDomainError} {TooManyColumnsError} and what `train` throws
 */
export function fitPrivateAutoregressive(input: FitInput, options: FitOptions): Promise<PrivateModel> {
  return learnPrivately(input, { ...options, noise: exactNoise(systemBits()) });
}

/** With noise that a test may choose; the generator itself always draws from the operating system. */
export async function learnPrivately(
  input: FitInput,
  options: FitOptions & { readonly noise: Noise },
): Promise<PrivateModel> {
  const parameters = parsePrivateAutoregressive(options.parameters);
  if (input.schema.columns.length > columnsMax)
    throw new TooManyColumnsError(input.schema.columns.length, columnsMax);
  const table = await readPrivateTable(input, { ...options, shareOfWork: shareOfReading }, parameters);
  return learnFromTable(table, parameters, options);
}

/** All that is learned of the rows is what the account of the table answers. */
export async function learnFromTable(
  table: PrivateTable,
  parameters: PrivateAutoregressiveParameters,
  options: FitOptions,
): Promise<PrivateModel> {
  const ops = await openBackend(parameters.backend);
  const { columns, coded, total } = groupColumns(table, parameters);
  requireRebalance(columns, parameters.rebalance);
  const random = options.random.fork('network');
  const weights = new Weights(ops, random.fork('weights'));
  const learner = new AnyOrderLearner(weights, new AnyOrderNetwork(weights, columns, widths), coded);
  const rows = { own: coded[0]?.codes.length ?? 0, total };
  const training = await trainPrivately(learner, weights, {
    account: table.account,
    rows,
    parameters,
    options,
  });
  return {
    ...{ generator: privateName, version: privateVersion, parameters, widths, columns, training },
    backend: { name: ops.backend, version: ops.version },
    weights: weights.values(),
    spent: table.account.entries,
  };
}

interface Grouped {
  readonly columns: readonly AutoregressiveColumn[];
  readonly coded: readonly { readonly codes: ArrayLike<number>; readonly size: number }[];
  /** Rows there seem to be. */
  readonly total: number;
}

function groupColumns(
  { columns, account }: PrivateTable,
  parameters: PrivateAutoregressiveParameters,
): Grouped {
  if (columns.length === 0) return { columns: [], coded: [], total: 1 };
  const rho = (account.left * BigInt(parameters.countsHundredths)) / 100n;
  const grouped = groupTable(columns, account, { rho, groupsMax: parameters.groups });
  return {
    columns: grouped.columns.map(({ column, groups }, at) =>
      columnOf({ ...column, groups, hiddenMissing: 0 }, grouped.measured[at]?.counts ?? []),
    ),
    coded: grouped.columns.map(({ codes, groups }) => ({ codes, size: groupCount(groups) })),
    total: grouped.total,
  };
}

interface PrivateTraining {
  readonly account: PrivacyAccount;
  readonly rows: { readonly own: number; readonly total: number };
  readonly parameters: PrivateTrainingParameters;
  readonly options: FitOptions;
}

async function trainPrivately(
  learner: AnyOrderLearner,
  weights: Weights,
  { account, rows, parameters, options }: PrivateTraining,
): Promise<TrainingRecord> {
  if (weights.all.length === 0) return { steps: 0, ended: 'steps', curve: [] };
  const { batchRows, stepsMax, clipHundredths, rateMillionths, minutesMax } = parameters;
  const oneOf = Math.max(1, Math.round(rows.total / batchRows));
  const rowsExpected = Math.ceil(rows.total / oneOf);
  const sums = buySteps(account, oneOf, parameters);
  const { ops } = weights;
  const drawn = sampler(sums, rows.own, rowsExpected);
  const random = options.random.fork('network');
  return train(
    {
      networks: learner.networks,
      validate: () => NaN,
      step: ({ rows: batch, rate, random: own }) => {
        const pass = new Pass(new Calculus(ops), { trained: [weights], isTraining: false, random: own });
        const losses = batch.length === 0 ? null : learner.rowLosses(pass, batch);
        const adam = { ...adamWeights, rate };
        privateStep(pass, losses, [weights], { sums, clip: clipHundredths / 100, rowsExpected, adam });
        return {}; // A loss would be a look at the rows that nobody has paid for.
      },
    },
    {
      ops,
      random,
      rowCount: 0,
      identity: privateName,
      ...(options.signal ? { signal: options.signal } : {}),
      onProgress: (share) => options.onProgress?.(shareOfReading + (1 - shareOfReading) * share),
      batches: { stepsPerEpoch: stepsMax, rowsOf: drawn },
      plan: {
        ...{ epochs: 1, stepsMax, minutesMax, batchRows, checkpointSteps: stepsMax },
        rate: rateMillionths / 1e6,
      },
    },
  );
}

/** Poisson samples, one a step. @throws {RangeError} for one that is larger than its rounding was paid for */
function sampler(sums: SampledSums, rowCount: number, rowsExpected: number): () => Int32Array {
  return () => {
    const drawn = sums.draw(rowCount);
    if (drawn.length > batchRowsMost(rowsExpected))
      throw new RangeError('A sample is larger than samples of its rate ever are.');
    return drawn;
  };
}

/** All that is left of the budget, for orders that give the best epsilon at it. */
function buySteps(
  account: PrivacyAccount,
  oneOf: number,
  { delta, stepsMax }: PrivateTrainingParameters,
): SampledSums {
  const spent = account.entries.reduce((sum, { cost }) => sum + (cost.kind === 'zcdp' ? cost.rho : 0), 0);
  const own = delta - account.entries.reduce((sum, entry) => sum + entry.delta, 0);
  const left = Number(account.left) / Number(unitsPerOne);
  const ordersMax = bestOrder({ rho: spent + left, delta: Math.min(own, 1e-9) });
  const epsilon = epsilonOf({ rho: spent + left, delta: own });
  let [low, high] = [0, left];
  const isWithin = (rho: number): boolean =>
    epsilonAtOrders(spent + rho, { delta: own, ordersMax }) <= epsilon;
  if (isWithin(high)) low = high;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (isWithin(middle)) low = middle;
    else high = middle;
  }
  const purpose = `${stepsMax} steps of training on samples of one row in ${oneOf}`;
  return account.sampledSums(purpose, { oneOf, steps: stepsMax, ordersMax, rho: unitsRoundedDown(low) });
}
