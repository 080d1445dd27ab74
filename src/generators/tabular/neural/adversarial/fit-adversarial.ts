import { canonicalJson } from '../../../../core/hashing/canonical-json.js';
import { sha256Hex } from '../../../../core/hashing/sha256-hex.js';
import type { Random } from '../../../../core/random/random.js';
import type { FitInput, FitOptions } from '../../../generator.js';
import { ParameterError } from '../../parameter-error.js';
import { Weights } from '../layers/weights.js';
import { openBackend } from '../../../../core/tensor/open-backend.js';
import type { Batches } from '../training/batches.js';
import { train } from '../training/train.js';
import { prepareTable } from '../transform/prepare-table.js';
import type { NetworkTable } from '../transform/prepare-table.js';
import { calibrationRows, fitCalibration } from '../transform/calibration.js';
import type { ColumnCalibration } from '../transform/column-calibration.js';
import { makeCells } from './sample-adversarial.js';
import { widthOf } from '../transform/table-layout.js';
import { AdversarialLearner } from './adversarial-learner.js';
import type { ConditionColumn } from './condition-columns.js';
import { ConditionSampler, conditionColumns, conditionWidth } from './condition-columns.js';
import { generatorSizes } from './generator-sizes.js';
import { backendOf } from './model.js';
import type { AdversarialMethod, AdversarialModel } from './model.js';
import type { Network } from './networks.js';
import { OutputCells } from './output-cells.js';
import { parseAdversarial } from './parameters.js';
import type { AdversarialParameters } from './parameters.js';

const shareOfReading = 0.1;
const checkpointSteps = 200;

/** @throws {ParameterError} {WithheldColumnError} {TooFewRowsError} and what `train` throws */
export async function fitAdversarial(
  method: AdversarialMethod,
  input: FitInput,
  options: FitOptions,
): Promise<AdversarialModel> {
  const parameters = parseAdversarial(options.parameters, method.defaults);
  const { epochs, batchRows, stepsMax, minutesMax, rateMillionths } = parameters;
  if (batchRows % method.pack !== 0)
    throw new ParameterError('batchRows', `${batchRows} is not a multiple of ${method.pack}`);
  const ops = await openBackend(parameters.backend);
  const table = await prepareTable(input, parameters, {
    ...options,
    onProgress: (share) => options.onProgress?.(shareOfReading * share),
  });
  const random = options.random.fork('networks');
  const { learner, generator, network, asked } = contest(method, parameters, { table, random, ops });
  const identity = { generator: method.name, of: method.version, parameters, backend: backendOf(ops) };
  const training = await train(learner, {
    ...{ ...options, random, ops, rowCount: table.encoded.rows },
    onProgress: (share) => options.onProgress?.(shareOfReading + (1 - shareOfReading) * share),
    plan: { epochs, batchRows, stepsMax, minutesMax, checkpointSteps, rate: rateMillionths / 1e6 },
    batches: drawnBatches(table.encoded.rows, batchRows, random.fork('batches')),
    identity: sha256Hex(canonicalJson({ ...identity, schema: input.schema })),
  });
  return {
    ...{ generator: method.name, version: method.version, parameters, backend: backendOf(ops) },
    ...{ layout: table.layout, weights: generator.values(), training },
    calibration: calibrate(network, parameters, { table, ops, random: random.fork('calibration'), asked }),
  };
}

interface Materials {
  readonly table: NetworkTable;
  readonly random: Random;
  readonly ops: Weights['ops'];
}

interface Contest {
  readonly learner: AdversarialLearner;
  /** The weights of the network that makes rows. */
  readonly generator: Weights;
  readonly network: Network;
  readonly asked: readonly ConditionColumn[];
}

function contest(
  method: AdversarialMethod,
  parameters: AdversarialParameters,
  { table, random, ops }: Materials,
): Contest {
  const { layout, encoded } = table;
  const { noise, width, criticSteps } = parameters;
  const columns = method.isConditional ? conditionColumns(layout) : [];
  const conditions = columns.length > 0 ? { columns, sampler: new ConditionSampler(columns, encoded) } : null;
  const [generator, critic] = ['generator', 'critic'].map((name) => new Weights(ops, random.fork(name))) as [
    Weights,
    Weights,
  ];
  const contestants = {
    weights: { generator, critic },
    generator: method.generator(generator, generatorSizes(method, layout, parameters)),
    critic: method.critic(critic, { inputs: widthOf(layout) + conditionWidth(columns), width }),
  };
  const learner = new AdversarialLearner(contestants, {
    ...{ encoded, noise, pack: method.pack, criticSteps, conditions },
    output: new OutputCells(layout),
  });
  return { learner, generator, network: contestants.generator, asked: columns };
}

function calibrate(
  network: Network,
  { noise }: AdversarialParameters,
  { table, ops, random, asked }: Materials & { readonly asked: readonly ConditionColumn[] },
): readonly ColumnCalibration[] {
  const { layout, encoded } = table;
  const output = new OutputCells(layout);
  const range = { start: 0, count: calibrationRows };
  const cells = makeCells(network, { ops, output, noise }, { range, random, asked, known: null });
  const made = { first: 0, rows: range.count, width: output.width, cells };
  return fitCalibration(layout, made, { rowCount: encoded.rows, random });
}

/** Rows drawn with replacement, as few rows make no full batch. */
function drawnBatches(rowCount: number, batchRows: number, random: Random): Batches {
  return {
    stepsPerEpoch: Math.max(1, Math.floor(rowCount / batchRows)),
    rowsOf(step) {
      const own = random.fork(`step/${step}`);
      return Int32Array.from({ length: batchRows }, () => own.integerBelow(rowCount));
    },
  };
}
