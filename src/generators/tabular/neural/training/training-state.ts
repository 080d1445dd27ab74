import type { WeightState, WeightValues, Weights } from '../layers/weights.js';
import type { EpochRecord, ValidationPlan } from './training-plan.js';

type NamedWeights = Readonly<Record<string, Weights>>;

/** Where a training stands between two steps: with the weights, all that the rest of it depends on. */
export interface TrainingState {
  /** Steps done. */
  readonly steps: number;
  readonly rate: number;
  readonly curve: readonly EpochRecord[];
  /** Sums over the steps of this epoch, by name. */
  readonly sums: Readonly<Record<string, number>>;
  /** The epoch with the smallest loss of validation, and what the networks were then. */
  readonly best: BestEpoch | null;
  readonly epochsSinceHalved: number;
}

interface BestEpoch {
  readonly loss: number;
  readonly epochsSince: number;
  readonly values: Readonly<Record<string, WeightValues>>;
}

export const startOf = (rate: number): TrainingState => ({
  ...{ steps: 0, rate, curve: [], sums: {}, best: null },
  epochsSinceHalved: 0,
});

export function afterStep(
  state: TrainingState,
  losses: Readonly<Record<string, number>>,
  stepsPerEpoch: number,
): TrainingState {
  const isFirst = state.steps % stepsPerEpoch === 0;
  const sums = Object.fromEntries(
    Object.entries(losses).map(([name, loss]) => [name, (isFirst ? 0 : (state.sums[name] ?? 0)) + loss]),
  );
  return { ...state, sums, steps: state.steps + 1 };
}

/** Closes an epoch: remembers the best networks, and halves the rate when the loss has not become smaller for long. */
export function afterEpoch(
  state: TrainingState,
  found: {
    readonly validation: number | null;
    readonly stepsOfEpoch: number;
    readonly networks: NamedWeights;
  },
  plan: ValidationPlan | undefined,
): TrainingState {
  const { validation, stepsOfEpoch, networks } = found;
  const losses = Object.fromEntries(
    Object.entries(state.sums).map(([name, sum]) => [name, sum / stepsOfEpoch]),
  );
  const curve = [...state.curve, { steps: state.steps, rate: state.rate, losses, validation }];
  if (validation === null || !plan) return { ...state, curve };
  if (!state.best || validation < state.best.loss)
    return { ...state, curve, best: bestOf(networks, validation), epochsSinceHalved: 0 };
  const best = { ...state.best, epochsSince: state.best.epochsSince + 1 };
  const isHalved = state.epochsSinceHalved + 1 >= plan.halveAfter;
  return {
    ...{ ...state, curve, best },
    rate: isHalved ? state.rate / 2 : state.rate,
    epochsSinceHalved: isHalved ? 0 : state.epochsSinceHalved + 1,
  };
}

const bestOf = (networks: NamedWeights, loss: number): BestEpoch => ({
  ...{ loss, epochsSince: 0 },
  values: Object.fromEntries(Object.entries(networks).map(([name, weights]) => [name, weights.values()])),
});

/** The networks as bytes can hold them. */
export const statesOf = (networks: NamedWeights): Readonly<Record<string, WeightState>> =>
  Object.fromEntries(Object.entries(networks).map(([name, weights]) => [name, weights.state()]));
