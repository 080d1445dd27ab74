import type { Ops } from '../../../../core/tensor/ops.js';
import type { FitOptions } from '../../../generator.js';
import { shuffledRows } from '../../../../core/random/draw-rows.js';
import { reportStep } from '../../differentially-private/private-table.js';
import { shuffledBatches } from './batches.js';
import type { Batches } from './batches.js';
import { loadCheckpoint, saveCheckpoint } from './checkpoint.js';
import type { Learner } from './learner.js';
import { TrainingDivergedError, TrainingTooLongError } from './training-errors.js';
import type { TrainingPlan, TrainingRecord } from './training-plan.js';
import { afterEpoch, afterStep, startOf } from './training-state.js';
import type { TrainingState } from './training-state.js';

export interface TrainOptions extends Omit<FitOptions, 'parameters'> {
  readonly ops: Ops;
  readonly plan: TrainingPlan;
  readonly rowCount: number;
  /** Which rows a step sees, where that is not every row once an epoch. Without validation only. */
  readonly batches?: Batches;
  /** All that fixes this training but the rows: a checkpoint of another one is not used. */
  readonly identity: string;
}

/** Rows below which none are kept from training. */
const validatedRowsMin = 10;
/** Losses of few rows rest on so many draws of what learners draw for them all. */
const validationParts = 8;

/**
 * Trains the networks of the learner in place: by the plan, with a checkpoint every so many steps, others having their
 * turn between steps. The weights afterwards, and the record, are the same whether or not it was interrupted.
 * @throws {TrainingDivergedError} {TrainingTooLongError} the signal's reason when aborted
 */
export async function train(learner: Learner, options: TrainOptions): Promise<TrainingRecord> {
  const { plan, checkpoints, identity, random } = options;
  const parts = splitRows(options);
  const batches = options.batches ?? shuffledBatches(parts.trained, plan.batchRows, random.fork('order'));
  const steps = Math.min(plan.stepsMax, plan.epochs * batches.stepsPerEpoch);
  const identityHere = `${identity} ${random.fork('identity').uniform()}`;
  const isLate = AbortSignal.timeout(plan.minutesMax * 60_000);
  let state =
    (checkpoints && (await loadCheckpoint(checkpoints, identityHere, learner.networks))) ??
    startOf(plan.rate);
  let saved = state.steps;
  while (state.steps < steps && !hasConverged(state, plan)) {
    if (isLate.aborted)
      throw new TrainingTooLongError({ steps: state.steps, of: steps, minutes: plan.minutesMax });
    state = oneStep(learner, state, { ...options, batches });
    if (state.steps % batches.stepsPerEpoch === 0 || state.steps === steps)
      state = endOfEpoch(learner, state, { ...options, batches, validated: parts.validated });
    if (checkpoints && state.steps - saved >= plan.checkpointSteps && state.steps < steps) {
      await saveCheckpoint(checkpoints, identityHere, { state, networks: learner.networks });
      saved = state.steps;
    }
    await reportStep({ ...options, parameters: {} }, state.steps / steps);
  }
  for (const [name, values] of Object.entries(state.best?.values ?? {}))
    learner.networks[name]?.setValues(values);
  const ended = state.steps < steps ? 'no-better-loss' : steps === plan.stepsMax ? 'steps' : 'epochs';
  return { steps: state.steps, ended, curve: state.curve };
}

function hasConverged({ best }: TrainingState, { validation }: TrainingPlan): boolean {
  return best !== null && validation !== undefined && best.epochsSince >= validation.stopAfter;
}

type StepOptions = TrainOptions & { readonly batches: Batches };

function oneStep(learner: Learner, state: TrainingState, options: StepOptions): TrainingState {
  const { ops, batches, random } = options;
  const step = {
    ...{ rows: batches.rowsOf(state.steps), index: state.steps, rate: state.rate },
    random: random.fork(`step/${state.steps}`),
  };
  const losses = ops.step(() => learner.step(step));
  if (!Object.values(losses).every(Number.isFinite)) throw new TrainingDivergedError(state.steps);
  return afterStep(state, losses, batches.stepsPerEpoch);
}

function endOfEpoch(
  learner: Learner,
  state: TrainingState,
  { ops, plan, batches, random, validated }: StepOptions & { readonly validated: Int32Array },
): TrainingState {
  const validation = validated.length === 0 ? null : validate(learner, { ops, plan, random, validated });
  const stepsOfEpoch = state.steps % batches.stepsPerEpoch || batches.stepsPerEpoch;
  return afterEpoch(state, { validation, stepsOfEpoch, networks: learner.networks }, plan.validation);
}

/** The mean loss over all of them, the same draws in every epoch. */
function validate(
  learner: Learner,
  {
    ops,
    plan,
    random,
    validated,
  }: Pick<TrainOptions, 'ops' | 'plan' | 'random'> & { readonly validated: Int32Array },
): number {
  let sum = 0;
  const size = Math.min(plan.batchRows, Math.ceil(validated.length / validationParts));
  for (let start = 0; start < validated.length; start += size) {
    const rows = validated.subarray(start, start + size);
    sum += rows.length * ops.step(() => learner.validate(rows, random.fork(`validation/${start}`)));
  }
  return sum / validated.length;
}

function splitRows({ plan, rowCount, random }: TrainOptions): {
  readonly trained: Int32Array;
  readonly validated: Int32Array;
} {
  const rows = shuffledRows(rowCount, random.fork('validation'));
  const wanted = Math.floor(rowCount * (plan.validation?.share ?? 0));
  const kept = wanted < validatedRowsMin ? 0 : wanted;
  return { trained: rows.slice(kept), validated: rows.slice(0, kept) };
}
