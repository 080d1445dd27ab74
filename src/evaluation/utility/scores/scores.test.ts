import { Random } from '../../../core/random/random.js';
import { areaUnderCurve } from '../../../core/statistics/area-under-curve.js';
import { bootstrapScore, bootstrapWeights } from './bootstrap.js';
import { boundedLogits, calibrationSlope } from './calibration-slope.js';
import { evenWeights, judgeOf } from './judge.js';
import type { ModelScores } from './judge.js';

const random = Random.fromSeed('scores');
const floats = (...values: number[]): Float64Array => Float64Array.from(values);
const classes = (codes: number[], classCount: number) => ({
  kind: 'classes' as const,
  codes: Uint8Array.from(codes),
  classCount,
});
const judged = (shares: number[][], codes: number[], weights = evenWeights(codes.length)): ModelScores =>
  judgeOf(
    shares.map((share) => floats(...share)),
    classes(codes, shares.length),
  )(weights);

describe('scores of a model', () => {
  // By hand: pairs (0.8 > 0.3, 0.8 > 0.6, 0.6 = 0.6 half, 0.6 > 0.3) of four: 3.5 / 4.
  const second = [0.3, 0.6, 0.6, 0.8];
  const shares = [second.map((share) => 1 - share), second];

  it('of two classes are those worked out by hand', () => {
    const found = judged(shares, [0, 0, 1, 1]);
    expect(found.auc).toBeCloseTo(3.5 / 4, 12);
    // Guesses 0 1 1 1: F1 of class 0 is 2 * 1 / (1 + 2), of class 1 2 * 2 / (3 + 2).
    expect(found.f1).toBeCloseTo((2 / 3 + 4 / 5) / 2, 12);
    expect(found.brier).toBeCloseTo((0.09 + 0.36 + 0.16 + 0.04) / 4, 12);
  });

  it('of three classes are means over the classes', () => {
    const found = judged(
      [
        [0.7, 0.2, 0.1],
        [0.2, 0.5, 0.6],
        [0.1, 0.3, 0.3],
      ],
      [0, 1, 2],
    );
    // Class 0: ranked first of three, 1. Class 1: above one of two, 1/2. Class 2: above one, equal to one, 3/4.
    expect(found.auc).toBeCloseTo((1 + 0.5 + 0.75) / 3, 12);
    expect(found.f1).toBeCloseTo((1 + 2 / 3 + 0) / 3, 12);
    expect(found.slope).toBeNaN();
  });

  it('count a row of weight 2 as two rows', () => {
    const doubled = judged(
      shares.map((share) => [...share, share[0]!]),
      [0, 0, 1, 1, 0],
    );
    const weighted = judged(shares, [0, 0, 1, 1], floats(2, 1, 1, 1));
    for (const name of ['auc', 'f1', 'brier'] as const) expect(weighted[name]).toBeCloseTo(doubled[name], 12);
  });

  it('have the area of the curve that ranks give', () => {
    const scores = Float64Array.from(
      { length: 500 },
      (_, row) => Math.round(20 * random.uniformAt(row)) / 20,
    );
    const codes = Array.from(scores, (score, row) => (random.uniformAt(row, 1) < score ? 1 : 0));
    const found = judged([Array.from(scores, (score) => 1 - score), [...scores]], codes);
    expect(found.auc).toBeCloseTo(areaUnderCurve(scores, codes), 12);
  });

  it('do not exist where one class is all there is', () => {
    const found = judged(shares, [1, 1, 1, 1]);
    expect(found.auc).toBeNaN();
  });

  it('of numbers are their errors', () => {
    const target = { kind: 'values' as const, values: floats(1, 2, 3, 6) };
    const found = judgeOf([floats(1, 2, 4, 4)], target)(evenWeights(4));
    expect(found.rmse).toBeCloseTo(Math.sqrt(5 / 4), 12);
    expect(found.r2).toBeCloseTo(1 - 5 / 14, 12);
  });
});

describe('a calibration slope', () => {
  const logit = (row: number): number => -3 + 6 * random.uniformAt(row, 2);
  const logits = Float64Array.from({ length: 20_000 }, (_, row) => logit(row));
  const happened = Uint8Array.from(logits, (value, row) =>
    random.uniformAt(row, 3) < 1 / (1 + Math.exp(-value)) ? 1 : 0,
  );
  it.each([
    ['right', 1, 1],
    ['twice too sure', 2, 0.5],
    ['half as sure as could be', 0.5, 2],
  ])('of a model that is %s', (_, factor, expected) => {
    const slope = calibrationSlope(
      logits.map((value) => factor * value),
      happened,
      evenWeights(20_000),
    );
    // Its standard error is about 0.01 of itself; 5 of them are a false alarm in two million.
    expect(Math.abs(slope / expected - 1)).toBeLessThan(0.07);
  });

  it('does not exist where nothing varies or the classes are parted', () => {
    expect(calibrationSlope(floats(0, 0, 0), Uint8Array.of(0, 1, 1), evenWeights(3))).toBeNaN();
    expect(calibrationSlope(floats(-2, -1, 1, 2), Uint8Array.of(0, 0, 1, 1), evenWeights(4))).toBeNaN();
  });

  it('takes no share for certain', () => {
    expect([...boundedLogits(floats(0, 0.5, 1))].every((value) => Number.isFinite(value))).toBe(true);
  });
});

describe('a bootstrap', () => {
  it('gives the interval of a mean that the normal law gives', () => {
    const rows = 2000;
    const values = Float64Array.from({ length: rows }, (_, row) => random.uniformAt(row, 4));
    const mean = (weights: Float64Array): number =>
      values.reduce((sum, value, row) => sum + value * weights[row]!, 0) / rows;
    const weights = bootstrapWeights(rows, Random.fromSeed('bootstrap'));
    const score = bootstrapScore(mean(evenWeights(rows)), weights.map(mean), 'none');
    const half = 1.96 * Math.sqrt(1 / 12 / rows);
    // 200 replicates place each end within about 15 % of the width (4 standard errors of a 2.5 % quantile).
    expect(score.value === null ? 0 : score.interval!.high - score.value).toBeGreaterThan(0.6 * half);
    expect(score.value === null ? 0 : score.interval!.high - score.value).toBeLessThan(1.5 * half);
  });

  it('has no interval where most replicates have no figure', () => {
    const replicated = Array.from({ length: 200 }, (_, at) => (at < 50 ? 1 : NaN));
    expect(bootstrapScore(1, replicated, 'none')).toEqual({ value: 1 });
    expect(bootstrapScore(NaN, replicated, 'No class.')).toEqual({ value: null, reason: 'No class.' });
  });
});
