import { Random } from '../../../../core/random/random.js';
import { Calculus } from '../../../../core/tensor/calculus.js';
import { PlainOps } from '../../../../core/tensor/testing/plain-ops.js';
import type { Checkpoints } from '../../../generator.js';
import { BatchNorm } from '../layers/batch-norm.js';
import { Dense } from '../layers/dense.js';
import { dropout } from '../layers/dropout.js';
import { Embedding } from '../layers/embedding.js';
import { Pass } from '../layers/pass.js';
import { Weights } from '../layers/weights.js';
import type { Learner, TrainingStep } from './learner.js';
import { train } from './train.js';
import type { TrainingPlan, TrainingRecord } from './training-plan.js';

const rowCount = 64;
const plan: TrainingPlan = {
  ...{ batchRows: 16, epochs: 12, stepsMax: 1000, minutesMax: 10, rate: 0.02, checkpointSteps: 5 },
  validation: { share: 0.25, halveAfter: 2, stopAfter: 4 },
};
const random = Random.fromSeed('train');

/** Learns x · y of each row from a code for x and a number y, with a layer of every kind. */
function aLearner(ops = new PlainOps()): Learner & { readonly weights: Weights } {
  const weights = new Weights(ops, Random.fromSeed('weights'));
  const codes = new Embedding(weights, 'codes', { codes: 4, width: 3 });
  const hidden = new Dense(weights, 'hidden', { inputs: 4, outputs: 8 });
  const norm = new BatchNorm(weights, 'norm', 8);
  const output = new Dense(weights, 'output', { inputs: 8, outputs: 1 });
  const lossOf = (pass: Pass, rows: Int32Array) => {
    const { calculus } = pass;
    const numbers = pass.constant(
      rows.length,
      1,
      Float32Array.from(rows, (row) => (row % 8) / 4 - 1),
    );
    const inputs = calculus.concatColumns([
      codes.apply(
        pass,
        rows.map((row) => row >> 4),
      ),
      numbers,
    ]);
    const inside = calculus.relu(norm.apply(pass, hidden.apply(pass, inputs)));
    const made = output.apply(pass, dropout(pass, inside, { name: 'inside', share: 0.1 }));
    const wanted = pass.constant(
      rows.length,
      1,
      Float32Array.from(rows, (row) => (row >> 4) * ((row % 8) / 4 - 1)),
    );
    return calculus.mean(calculus.square(calculus.subtract(made, wanted)));
  };
  const passOf = (isTraining: boolean, own: Random) =>
    new Pass(new Calculus(ops), { trained: isTraining ? [weights] : [], isTraining, random: own });
  const valueOf = (loss: ReturnType<typeof lossOf>) => ops.read(loss.value)[0] ?? NaN;
  return {
    weights,
    networks: { only: weights },
    step({ rows, rate, random: own }: TrainingStep) {
      const pass = passOf(true, own);
      const loss = lossOf(pass, rows);
      pass.descend(loss, weights, { rate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0 });
      return { loss: valueOf(loss) };
    },
    validate: (rows, own) => valueOf(lossOf(passOf(false, own), rows)),
  };
}

class KeptBytes implements Checkpoints {
  bytes: Uint8Array | null = null;
  saves = 0;
  load = () => Promise.resolve(this.bytes);
  save = (bytes: Uint8Array) => {
    this.bytes = bytes.slice();
    this.saves += 1;
    return Promise.resolve();
  };
}

const run = (learner: Learner, more: Partial<Parameters<typeof train>[1]> = {}): Promise<TrainingRecord> =>
  train(learner, { ops: new PlainOps(), plan, rowCount, identity: 'a test', random, ...more });

describe('training', () => {
  it('makes the loss of rows it is not trained on small, and tells how it went', async () => {
    const { curve, steps, ended } = await run(aLearner(), { plan: { ...plan, epochs: 40 } });
    expect(curve.at(-1)?.steps).toBe(steps);
    expect(['epochs', 'no-better-loss']).toContain(ended);
    const best = Math.min(...curve.map(({ validation }) => validation ?? NaN));
    expect(best).toBeLessThan(0.2 * (curve[0]?.validation ?? 0));
    expect(curve.every(({ losses }) => (losses['loss'] ?? NaN) > 0)).toBe(true);
  });

  it('keeps the networks of the best epoch', async () => {
    const learner = aLearner();
    const { curve } = await run(learner, { plan: { ...plan, rate: 0.3 } });
    const validated = curve.map(({ validation }) => validation ?? NaN);
    expect(validated.at(-1)).toBeGreaterThan(Math.min(...validated));
    const again = aLearner();
    const until = curve[validated.indexOf(Math.min(...validated))]?.steps ?? 0;
    await run(again, { plan: { ...plan, rate: 0.3, stepsMax: until } });
    expect(learner.weights.values()).toEqual(again.weights.values());
  });

  it('gives the same weights and record after it was stopped anywhere and went on', async () => {
    const whole = aLearner();
    const record = await run(whole);
    for (const stopAt of [4, 7, 18, 29]) {
      const checkpoints = new KeptBytes();
      const controller = new AbortController();
      let steps = 0;
      const onProgress = () => {
        steps += 1;
        if (steps === stopAt) controller.abort(new Error('killed'));
      };
      const { signal } = controller;
      await expect(run(aLearner(), { checkpoints, signal, onProgress })).rejects.toThrow('killed');
      expect(checkpoints.saves).toBe(Math.floor(stopAt / 5));
      const rest = aLearner();
      let stepsLeft = 0;
      const resumed = await run(rest, { checkpoints, onProgress: () => (stepsLeft += 1) });
      expect(stepsLeft).toBe(record.steps - 5 * Math.floor(stopAt / 5));
      expect(resumed).toEqual(record);
      expect(rest.weights.state()).toEqual(whole.weights.state());
    }
  });

  it('starts anew from a checkpoint of another training or a damaged one', async () => {
    const checkpoints = new KeptBytes();
    const record = await run(aLearner(), { checkpoints });
    const { bytes } = checkpoints;
    const stepsOf = async (more: Partial<Parameters<typeof train>[1]>): Promise<number> => {
      let steps = 0;
      await run(aLearner(), { onProgress: () => (steps += 1), ...more });
      return steps;
    };
    const kept = () => Object.assign(new KeptBytes(), { bytes });
    expect(await stepsOf({ checkpoints: kept() })).toBeLessThan(record.steps);
    expect(await stepsOf({ checkpoints: kept(), identity: 'another' })).toBe(record.steps);
    const other = { random: Random.fromSeed('other'), plan: { ...plan, epochs: 2 } };
    expect(await stepsOf({ checkpoints: kept(), ...other })).toBe(6);
    const damaged = Object.assign(new KeptBytes(), { bytes: bytes?.slice(0, -200) });
    expect(await stepsOf({ checkpoints: damaged })).toBe(record.steps);
  });

  it('halves the rate, and ends, when the loss gets no smaller', async () => {
    const learner = { ...aLearner(), validate: () => 1 };
    const { curve, ended } = await run(learner);
    expect(curve.map(({ rate }) => rate)).toEqual([0.02, 0.02, 0.02, 0.01, 0.01]);
    expect(ended).toBe('no-better-loss');
  });

  it('ends at the most steps it may do, and fails when it takes too long or comes to no number', async () => {
    expect(await run(aLearner(), { plan: { ...plan, stepsMax: 7 } })).toMatchObject({
      ...{ steps: 7, ended: 'steps' },
    });
    await expect(run(aLearner(), { plan: { ...plan, minutesMax: 0 } })).rejects.toThrow(
      expect.objectContaining({ name: 'TrainingTooLongError' }) as Error,
    );
    await expect(run({ ...aLearner(), step: () => ({ loss: NaN }) })).rejects.toThrow(
      expect.objectContaining({ name: 'TrainingDivergedError' }) as Error,
    );
  });

  it('leaves networks alone that a pass does not train', () => {
    const ops = new PlainOps();
    const [one, other] = [new Weights(ops, random.fork('1')), new Weights(ops, random.fork('2'))];
    const layers = [one, other].map((weights) => new Dense(weights, 'dense', { inputs: 2, outputs: 2 }));
    const before = other.state();
    const pass = new Pass(new Calculus(ops), { trained: [one], isTraining: true, random });
    const x = pass.constant(1, 2, Float32Array.of(1, 2));
    const made = layers.reduce((value, layer) => layer.apply(pass, value), x);
    const start = one.values();
    pass.descend(pass.calculus.sum(pass.calculus.square(made)), one, {
      ...{ rate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0 },
    });
    expect(other.state()).toEqual(before);
    expect(one.values()).not.toEqual(start);
    expect(layers.map((layer) => pass.use(layer.weights).varies)).toEqual([true, false]);
  });
});
