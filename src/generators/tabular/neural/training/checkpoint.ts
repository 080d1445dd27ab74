import { packModel, unpackModel } from '../../../model-file/model-bytes.js';
import { ModelFormatError } from '../../../model-file/model-format-error.js';
import { ModelReader } from '../../../model-file/model-reader.js';
import type { Checkpoints } from '../../../generator.js';
import type { WeightState, WeightValues, Weights } from '../layers/weights.js';
import { statesOf } from './training-state.js';
import type { TrainingState } from './training-state.js';
import type { EpochRecord, TrainingRecord } from './training-plan.js';

type NamedWeights = Readonly<Record<string, Weights>>;

/** @param identity of the training: another one's checkpoint is no help */
export async function saveCheckpoint(
  checkpoints: Checkpoints,
  identity: string,
  { state, networks }: { readonly state: TrainingState; readonly networks: NamedWeights },
): Promise<void> {
  await checkpoints.save(packModel({ identity, state, networks: statesOf(networks) }));
}

/**
 * Sets the networks to where the training of that identity stood and says where that was. Null, and nothing changed,
 * when there is no checkpoint of this training or it is damaged: it then starts anew.
 */
export async function loadCheckpoint(
  checkpoints: Checkpoints,
  identity: string,
  networks: NamedWeights,
): Promise<TrainingState | null> {
  const bytes = await checkpoints.load();
  if (!bytes) return null;
  const before = statesOf(networks);
  try {
    return resume(new ModelReader(unpackModel(bytes)), identity, networks);
  } catch (error) {
    if (!(error instanceof ModelFormatError || error instanceof RangeError)) throw error;
    for (const [name, weights] of Object.entries(networks)) {
      const state = before[name];
      if (state) weights.setState(state);
    }
    return null;
  }
}

function resume(reader: ModelReader, identity: string, networks: NamedWeights): TrainingState | null {
  if (reader.at('identity').text() !== identity) return null;
  const state = readState(reader.at('state'));
  for (const [name, weights] of Object.entries(networks))
    weights.setState(readWeights(reader.at('networks').at(name)));
  return state;
}

function readWeights(reader: ModelReader): WeightState {
  return {
    adamSteps: reader.at('adamSteps').integer(0),
    values: readValues(reader.at('values')),
    moments: readValues(reader.at('moments')),
  };
}

function readState(reader: ModelReader): TrainingState {
  return {
    steps: reader.at('steps').integer(0),
    rate: reader.at('rate').number(0),
    curve: reader.at('curve').list(readEpoch),
    sums: readNumbers(reader.at('sums')),
    best: reader.at('best').isNull() ? null : readBest(reader.at('best')),
    epochsSinceHalved: reader.at('epochsSinceHalved').integer(0),
  };
}

function readBest(reader: ModelReader): TrainingState['best'] {
  const values = reader.at('values');
  return {
    loss: reader.at('loss').number(),
    epochsSince: reader.at('epochsSince').integer(0),
    values: Object.fromEntries(
      Object.keys(values.record()).map((network) => [network, readValues(values.at(network))]),
    ),
  };
}

/** Arrays by name. */
export function readValues(reader: ModelReader): WeightValues {
  return Object.fromEntries(
    Object.keys(reader.record()).map((name) => {
      const values = reader.at(name).singles();
      if (!values.every(Number.isFinite)) reader.at(name).fail('one is no number');
      return [name, values];
    }),
  );
}

export function readTraining(reader: ModelReader): TrainingRecord {
  return {
    steps: reader.at('steps').integer(0),
    ended: reader.at('ended').oneOf(['epochs', 'steps', 'no-better-loss']),
    curve: reader.at('curve').list(readEpoch),
  };
}

function readEpoch(reader: ModelReader): EpochRecord {
  const validation = reader.at('validation');
  return {
    steps: reader.at('steps').integer(0),
    rate: reader.at('rate').number(0),
    losses: readNumbers(reader.at('losses')),
    validation: validation.isNull() ? null : validation.number(),
  };
}

function readNumbers(reader: ModelReader): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.keys(reader.record()).map((name) => [name, reader.at(name).number()]));
}
