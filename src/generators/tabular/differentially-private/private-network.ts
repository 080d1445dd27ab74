import { exactNoise } from '../../../core/privacy/noise.js';
import type { Noise } from '../../../core/privacy/noise.js';
import { systemBits } from '../../../core/privacy/random-bits.js';
import type { FitInput, FitOptions, RowsGenerator } from '../../generator.js';
import { packModel } from '../../model-file/model-bytes.js';
import { blockRows } from '../../row-blocks.js';
import { loadNetwork } from '../network/load-network.js';
import { networkFormats } from '../network/network-formats.js';
import type { NetworkColumn, NetworkModel } from '../network/network-model.js';
import { sampleNetwork } from '../network/sample-network.js';
import type { PrivateParameters } from './private-parameters.js';
import { readPrivateTable } from './private-table.js';
import type { PrivateTable } from './private-table.js';

/** A way to learn a network of columns by differential privacy. */
export interface PrivateMethod<Parameters extends PrivateParameters = PrivateParameters> {
  readonly name: string;
  readonly version: string;
  readonly title: string;
  /** JSON Schema of the parameters. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** @throws {ParameterError} */
  readonly parse: (given: Readonly<Record<string, unknown>>) => Parameters;
  /** The columns in the order they are made, learned through the account of the table alone. */
  learn(table: PrivateTable, parameters: Parameters, options: FitOptions): Promise<readonly NetworkColumn[]>;
}

/** Reading is this share of the work. */
const shareOfReading = 0.3;

export function privateNetwork(method: PrivateMethod): RowsGenerator<NetworkModel> {
  return {
    name: method.name,
    version: method.version,
    title: method.title,
    tier: 'HIGH',
    sees: 'rows',
    parameters: method.schema,
    privacy: { neighbours: 'add-or-remove-a-subject', spent: ({ spent }) => spent },
    fit: (input, options) => learnNetwork(method, input, { ...options, noise: exactNoise(systemBits()) }),
    save: packModel,
    load: (bytes) => loadNetwork(bytes, method),
    sample: (model, options) => sampleNetwork(model, options, blockRows),
    formats: networkFormats,
  };
}

/**
 * What the generator does, with noise that a test or a benchmark may choose; the generator itself always draws from
 * the operating system, so the service has no way to anything else.
 * @throws {ParameterError} {WithheldColumnError} {UnknownDomainError} {UnknownColumnError}
 */
export async function learnNetwork<Parameters extends PrivateParameters>(
  method: PrivateMethod<Parameters>,
  input: FitInput,
  options: FitOptions & { readonly noise: Noise },
): Promise<NetworkModel> {
  const parameters = method.parse(options.parameters);
  const table = await readPrivateTable(input, { ...options, shareOfWork: shareOfReading }, parameters);
  const onProgress = (share: number): void =>
    options.onProgress?.(shareOfReading + (1 - shareOfReading) * share);
  const columns = await method.learn(table, parameters, { ...options, onProgress });
  return {
    generator: method.name,
    version: method.version,
    parameters,
    names: input.schema.columns.map(({ name }) => name),
    columns,
    spent: table.account.entries,
  };
}
