import type { EvaluationContext } from '../evaluation-context.js';
import type { Measure } from '../measure.js';
import type { Score } from '../score.js';
import { noScore } from '../score.js';
import type { ScoreName } from './scores/judge.js';
import { pairedScore, scoreWithInterval } from './train-test.js';
import type { Judged, TrainTest } from './train-test.js';
import { scoreText, utilityMeasure } from './utility-measure.js';
import type { UtilityFinding } from './utility-measure.js';
import { trainTestOf } from './utility.js';

const source = 'Esteban, Hyland, Rätsch 2017 (train on synthetic, test on real); 95 % bootstrap intervals';

/** What two figures of one model differ by; more is worse. */
interface Gap {
  readonly score: ScoreName;
  /** The two that are compared, the yardstick first. */
  readonly sides: (one: TrainTest) => readonly [Judged, Judged];
  readonly isPaired: boolean;
  readonly combine: (yardstick: number, other: number) => number;
  readonly say: (one: TrainTest, gap: Score, yardstick: Score, other: Score) => string;
}

/** The gap of the model where it is widest, as a warning that another kind of model does worse is worth more than a mean. */
async function widest(context: EvaluationContext, gap: Gap): Promise<UtilityFinding> {
  const found = (await trainTestOf(context)).map((one) => {
    const [yardstick, other] = gap.sides(one);
    const [first, second] = [scoreWithInterval(yardstick, gap.score), scoreWithInterval(other, gap.score)];
    const score = gap.isPaired
      ? pairedScore(yardstick, other, gap.score, gap.combine)
      : unpaired(first, second, gap.combine);
    return { score, explanation: gap.say(one, score, first, second) };
  });
  const [worst] = found
    .filter(({ score }) => score.value !== null)
    .sort((one, other) => (other.score.value ?? 0) - (one.score.value ?? 0));
  return worst ?? found[0] ?? { score: noScore('No model was trained.'), explanation: '' };
}

function unpaired(first: Score, second: Score, combine: Gap['combine']): Score {
  if (first.value === null) return first;
  return second.value === null ? second : { value: combine(first.value, second.value) };
}

const onHoldout = (one: TrainTest): readonly [Judged, Judged] => [one.realOnReal, one.syntheticOnReal];

const loss = (score: ScoreName, words: string, sign: 1 | -1): Gap => ({
  ...{ score, sides: onHoldout, isPaired: true },
  combine: (real, synthetic) => sign * (real - synthetic),
  say: ({ model }, gap, real, synthetic) =>
    `Trained on the synthetic data, ${model} reaches ${words} of ${scoreText(synthetic)} on people held out, and of ${scoreText(real)} trained on the real data: worse by ${scoreText(gap)}, the most of three kinds of model.`,
});

const calibration: Gap = {
  ...{ score: 'slope', sides: onHoldout, isPaired: true },
  combine: (_, synthetic) => Math.abs(synthetic - 1),
  say: ({ model }, _, real, synthetic) =>
    `Of ${model} trained on the synthetic data the calibration slope on people held out is ${scoreText(synthetic)}, of the same trained on the real data ${scoreText(real)}; 1 is right, less is too sure. It is the furthest from 1 of three kinds of model.`,
};

const reverse: Gap = {
  ...{ score: 'auc', isPaired: false },
  sides: ({ realOnReal, realOnSynthetic }) => [realOnReal, realOnSynthetic],
  combine: (real, synthetic) => Math.abs(real - synthetic),
  say: ({ model }, gap, real, synthetic) =>
    `Trained on the real data, ${model} reaches an AUC of ${scoreText(synthetic)} on synthetic records and of ${scoreText(real)} on people held out: ${scoreText(gap)} apart, the most of three kinds of model.`,
};

const excess: Gap = {
  ...{ score: 'rmse', sides: onHoldout, isPaired: true },
  combine: (real, synthetic) => synthetic / real - 1,
  say: ({ model }, gap, real, synthetic) =>
    `Trained on the synthetic data, ${model} errs by ${scoreText(synthetic)} (root mean squared) on people held out, and by ${scoreText(real)} trained on the real data: a share of ${scoreText(gap)} more, the most of three kinds of model.`,
};

/** Models trained on synthetic rows against the same trained on real rows. */
export const trainTestMeasures: readonly Measure[] = [
  utilityMeasure({
    name: 'tstr-auc',
    title: 'Models trained on synthetic data: AUC',
    direction: 'higher',
    targetKind: 'classes',
    range: '0 to 1',
    source,
    meaning:
      'How often a model that learned from synthetic records alone ranks a real patient with the outcome above one without; 0.5 is chance. Of the best of three kinds of model.',
    find: async (context) => {
      const found = (await trainTestOf(context)).map(({ model, syntheticOnReal, realOnReal }) => ({
        model,
        score: scoreWithInterval(syntheticOnReal, 'auc'),
        real: scoreWithInterval(realOnReal, 'auc'),
      }));
      const [best] = found.sort((one, other) => (other.score.value ?? -1) - (one.score.value ?? -1));
      if (!best) return { score: noScore('No model was trained.'), explanation: '' };
      const explanation = `Trained on the synthetic data, ${best.model} ranks people held out with an AUC of ${scoreText(best.score)}, the best of three kinds of model; trained on the real data it reaches ${scoreText(best.real)}.`;
      return { score: best.score, explanation };
    },
  }),
  utilityMeasure({
    name: 'tstr-auc-loss',
    title: 'AUC lost by training on synthetic data',
    direction: 'lower',
    targetKind: 'classes',
    range: '-1 to 1',
    source,
    meaning:
      'How much worse a model ranks real patients when it learned from synthetic records; 0 is no loss.',
    find: (context) => widest(context, loss('auc', 'an AUC', 1)),
  }),
  utilityMeasure({
    name: 'tstr-f1-loss',
    title: 'F1 lost by training on synthetic data',
    direction: 'lower',
    targetKind: 'classes',
    range: '-1 to 1',
    source,
    meaning:
      'How much worse a model names the outcome of real patients, each outcome counting alike, when it learned from synthetic records.',
    find: (context) => widest(context, loss('f1', 'a macro F1', 1)),
  }),
  utilityMeasure({
    name: 'tstr-brier-excess',
    title: 'Brier score added by training on synthetic data',
    direction: 'lower',
    targetKind: 'classes',
    range: '-1 to 1',
    source,
    meaning:
      'How much further predicted risks are from what happened to real patients when the model learned from synthetic records.',
    find: (context) => widest(context, loss('brier', 'a Brier score', -1)),
  }),
  utilityMeasure({
    name: 'tstr-calibration-error',
    title: 'Calibration of models trained on synthetic data',
    direction: 'lower',
    targetKind: 'classes',
    range: '0 and more',
    source: 'Cox 1958 (calibration slope); shares bounded to 0.005 and 0.995',
    meaning:
      'How far the calibration slope of a model that learned from synthetic records is from 1: whether its risks are too sure or not sure enough for real patients.',
    find: (context) => widest(context, calibration),
  }),
  utilityMeasure({
    name: 'trts-auc-difference',
    title: 'Real models on synthetic records',
    direction: 'lower',
    targetKind: 'classes',
    range: '0 to 1',
    source: 'Esteban, Hyland, Rätsch 2017 (train on real, test on synthetic)',
    meaning:
      'Whether a model that learned from real patients finds synthetic records as hard to predict as new real patients; too easy is as wrong as too hard.',
    find: (context) => widest(context, reverse),
  }),
  utilityMeasure({
    name: 'tstr-rmse-excess',
    title: 'Error added by training on synthetic data',
    direction: 'lower',
    targetKind: 'values',
    range: '-1 and more',
    source,
    meaning:
      'By what share a model errs more in predicting a number of real patients when it learned from synthetic records; 0 is no more.',
    find: (context) => widest(context, excess),
  }),
];
