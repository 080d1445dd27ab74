import { exactNoise } from '../../core/privacy/noise.js';
import { replayedBits } from '../../core/privacy/testing/replayed-bits.js';
import { Random } from '../../core/random/random.js';
import type { ColumnFormat } from '../../core/table/column-format.js';
import type { Table } from '../../core/table/table.js';
import type { FitOptions, FittedModel, Generator, RowsGenerator, SampleOptions } from '../generator.js';
import { learnNetwork } from '../tabular/differentially-private/private-network.js';
import type { PrivateMethod } from '../tabular/differentially-private/private-network.js';
import { parsePrivateAutoregressive } from '../tabular/neural/autoregressive/private-parameters.js';
import type { PrivateParameters } from '../tabular/differentially-private/private-parameters.js';
import type { PrivateTable } from '../tabular/differentially-private/private-table.js';
import {
  learnFromTable,
  learnPrivately,
} from '../tabular/neural/autoregressive/fit-private-autoregressive.js';
import { aimMethod } from '../tabular/differentially-private/aim.js';
import { mstMethod } from '../tabular/differentially-private/mst.js';
import { privateBayesianNetworkMethod } from '../tabular/differentially-private/private-bayesian-network.js';
import { privateMarginalsMethod } from '../tabular/differentially-private/private-marginals.js';
import { aProfile } from './a-profile.js';
import { aBoundedSchema, aSchema, aSource } from './a-source.js';

/** A generator with an input to make rows from, so that all of them can be held to the same laws. */
export interface Lawful {
  readonly formats: readonly ColumnFormat[];
  sample(options: SampleOptions): AsyncIterable<Table>;
}

export async function lawful(generator: Generator): Promise<Lawful> {
  switch (generator.sees) {
    case 'schema':
      return {
        formats: generator.formats(aSchema),
        sample: (options) => generator.sample(aSchema, options),
      };
    case 'profile':
      return {
        formats: generator.formats(aProfile),
        sample: (options) => generator.sample(aProfile, options),
      };
    case 'rows': {
      const model = await lawfulModel(generator);
      return {
        formats: generator.formats(model),
        sample: (given) => generator.sample(model, given),
      };
    }
  }
}

const privateMethods: readonly PrivateMethod[] = [
  privateMarginalsMethod,
  privateBayesianNetworkMethod,
  mstMethod,
  aimMethod,
];

/** Neural generators with differential privacy, with noise of the caller's. */
const privateNetworks: ReadonlyMap<string, typeof learnPrivately> = new Map([
  ['dp-autoregressive-network', learnPrivately],
]);

/** For those that take long. */
const quick: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  aim: { groups: 6, modelCells: 1000, rounds: 1 },
  tvae: { stepsMax: 12, batchRows: 60, hidden: 16, latent: 4 },
  'dp-autoregressive-network': { stepsMax: 3, batchRows: 60, groups: 6 },
  'autoregressive-network': { stepsMax: 12, batchRows: 60, groups: 12 },
  ctgan: { stepsMax: 20, batchRows: 50, width: 16, noise: 8 },
  'wgan-gp': { stepsMax: 20, batchRows: 50, width: 16, noise: 8, criticSteps: 1 },
};

/** With parameters for those that have no defaults. */
export function lawfulOptions({ name, privacy }: RowsGenerator): FitOptions {
  const parameters = { ...(privacy ? { epsilon: 3, rowsPerSubject: 1 } : {}), ...quick[name] };
  return { parameters, random: Random.fromSeed('42') };
}

/** What the generator learns from the source; noise comes from bits that come again. */
export async function lawfulModel(generator: RowsGenerator): Promise<FittedModel> {
  const input = { schema: aBoundedSchema, rows: aSource };
  const options = lawfulOptions(generator);
  if (!generator.privacy) return generator.fit(input, options);
  const network = privateNetworks.get(generator.name);
  const noise = exactNoise(replayedBits('lawful'));
  if (network) return network(input, { ...options, noise });
  return learnNetwork(methodOf(generator), input, { ...options, noise });
}

/** How a generator with differential privacy learns, without the noise that is its own. */
function methodOf({ name }: RowsGenerator): PrivateMethod {
  const method = privateMethods.find((candidate) => candidate.name === name);
  if (!method) throw new Error(`The method of ${name} is not among those of these tests.`);
  return method;
}

interface TableLearner {
  /** @throws {ParameterError} */
  parse(given: Readonly<Record<string, unknown>>): PrivateParameters;
  /** All that comes out of the rows, through the account of the table alone. */
  learn(table: PrivateTable, given: Readonly<Record<string, unknown>>, options: FitOptions): Promise<object>;
}

/** How a generator with differential privacy learns from a table with an account. */
export function tableLearnerOf(generator: RowsGenerator): TableLearner {
  if (privateNetworks.has(generator.name))
    return {
      parse: parsePrivateAutoregressive,
      learn: async (table, given, options) => {
        const model = await learnFromTable(table, parsePrivateAutoregressive(given), options);
        return { columns: model.columns, weights: model.weights };
      },
    };
  const method = methodOf(generator);
  return {
    parse: method.parse,
    learn: async (table, given, options) => ({
      columns: await method.learn(table, method.parse(given), options),
    }),
  };
}
