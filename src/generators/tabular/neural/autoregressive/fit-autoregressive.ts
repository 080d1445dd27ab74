import { sha256Hex } from '../../../../core/hashing/sha256-hex.js';
import { canonicalJson } from '../../../../core/hashing/canonical-json.js';
import type { FitInput, FitOptions } from '../../../generator.js';
import { groupCount } from '../../network/network-model.js';
import { openBackend } from '../../../../core/tensor/open-backend.js';
import { Weights } from '../layers/weights.js';
import { smallBatches } from '../training/small-batches.js';
import { train } from '../training/train.js';
import { AnyOrderLearner } from './any-order-learner.js';
import { AnyOrderNetwork } from './any-order-network.js';
import type { AutoregressiveModel } from './model.js';
import { parseAutoregressive } from './parameters.js';
import type { AutoregressiveParameters } from './parameters.js';
import { columnOf, countGroups, readColumns } from './read-columns.js';
import { requireRebalance } from './rebalanced-groups.js';

export const generatorName = 'autoregressive-network';
export const generatorVersion = '1.1.0';

const shareOfReading = 0.1;
const widths = { hiddenMax: 96, embeddingMax: 16 };
const checkpointSteps = 200;
const validation = { share: 0.1, halveAfter: 3, stopAfter: 8 };

/**
 * Columns as groups of cells, a network that gives each from any others, and values within groups by their guarded
 * counts. Tiwald et al. 2025, "TabularARGN: A flexible and efficient auto-regressive framework for generating
 * high-fidelity synthetic data".
 * @throws {ParameterError} {WithheldColumnError} {TooFewRowsError} {TooManyColumnsError} and what `train` throws
 */
export async function fitAutoregressive(
  input: FitInput,
  options: FitOptions,
): Promise<AutoregressiveModel & { readonly parameters: AutoregressiveParameters }> {
  const parameters = parseAutoregressive(options.parameters);
  const ops = await openBackend(parameters.backend);
  const reading = { floors: parameters, groups: parameters.groups, shareOfWork: shareOfReading };
  const grouped = await readColumns(input, options, reading);
  const columns = grouped.map((column) => columnOf(column, countGroups(column)));
  requireRebalance(columns, parameters.rebalance);
  const random = options.random.fork('network');
  const weights = new Weights(ops, random.fork('weights'));
  const network = new AnyOrderNetwork(weights, columns, widths);
  const coded = grouped.map(({ codes, groups }) => ({ codes, size: groupCount(groups) }));
  const { epochs, stepsMax, minutesMax } = parameters;
  const training = await train(new AnyOrderLearner(weights, network, coded), {
    ...{ ...options, random, ops, rowCount: columns.length === 0 ? 0 : input.rows.rowCount },
    onProgress: (share) => options.onProgress?.(shareOfReading + (1 - shareOfReading) * share),
    plan: {
      ...{ epochs, stepsMax, minutesMax, checkpointSteps, validation },
      ...smallBatches(parameters, input.rows.rowCount),
    },
    identity: sha256Hex(
      canonicalJson({
        generatorName,
        generatorVersion,
        parameters,
        backend: ops.version,
        schema: input.schema,
      }),
    ),
  });
  return {
    ...{ generator: generatorName, version: generatorVersion, parameters, widths, columns, training },
    backend: { name: ops.backend, version: ops.version },
    weights: weights.values(),
    spent: [],
  };
}
