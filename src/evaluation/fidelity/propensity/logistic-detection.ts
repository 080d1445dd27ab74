import { shuffledRows } from '../../../core/random/draw-rows.js';
import type { Random } from '../../../core/random/random.js';
import { areaUnderCurve } from '../../../core/statistics/area-under-curve.js';
import { meanOf } from '../columns/statistic-similarity.js';
import type { ComparedVariable } from '../quality/compared-variable.js';
import { presentOf, rowCountOf } from '../variable.js';
import { fitLogistic, predictLogistic } from './logistic-regression.js';

const folds = 3;
/** scikit-learn's default, C = 1. */
const ridge = 1;

/** Real rows first, then synthetic ones: one number a row and feature, and 1 where a row is real. */
interface LabelledRows {
  readonly features: readonly Float64Array[];
  readonly isReal: Uint8Array;
}

/**
 * Areas under the curve of SDMetrics 0.29's LogisticDetection, one a fold: missing numbers are the real mean, categories
 * one feature each that the real column has, all less their median in units of the quartiles' distance, and a logistic
 * regression of C = 1. A category that the real table lacks is no feature, where SDMetrics raises.
 * @param foldOf the fold, 0 to 2, that each row is tested in; real rows first
 */
export function detectionAreas(variables: readonly ComparedVariable[], foldOf: Uint8Array): number[] {
  const rows = labelled(variables, foldOf.length);
  return Array.from({ length: folds }, (_, fold) => {
    const learned = rowsWhere(foldOf, (of) => of !== fold);
    const tested = rowsWhere(foldOf, (of) => of === fold);
    const scaled = rows.features.map((feature) => robustScaled(feature, learned));
    const take = (from: Int32Array): Float64Array[] =>
      scaled.map((feature) => Float64Array.from(from, (row) => feature[row] ?? 0));
    const labels = Uint8Array.from(learned, (row) => rows.isReal[row] ?? 0);
    const { coefficients } = fitLogistic({ features: take(learned), labels, ridge });
    const scores = predictLogistic(coefficients, take(tested), tested.length);
    return areaUnderCurve(
      scores,
      Array.from(tested, (row) => rows.isReal[row] ?? 0),
    );
  });
}

/** 1: a linear model cannot tell the tables apart; 0: it always can. */
export function detectionScore(areas: readonly number[]): number {
  const apart = areas.map((area) => 2 * Math.max(0.5, area) - 1);
  return 1 - apart.reduce((sum, one) => sum + one, 0) / apart.length;
}

/** Folds that have as many rows of each table as can be, in an order drawn at random. */
export function stratifiedFolds(realRows: number, syntheticRows: number, random: Random): Uint8Array {
  const foldOf = new Uint8Array(realRows + syntheticRows);
  const sides = [
    [0, realRows],
    [realRows, syntheticRows],
  ] as const;
  for (const [start, count] of sides)
    shuffledRows(count, random.fork(`from ${start}`)).forEach((row, at) => {
      foldOf[start + row] = at % folds;
    });
  return foldOf;
}

/** How many features a model of these columns has. */
export function detectionFeatureCount(variables: readonly ComparedVariable[]): number {
  return variables.reduce(
    (sum, one) => sum + (one.kind === 'continuous' ? 1 : one.real.dictionary.length),
    0,
  );
}

function labelled(variables: readonly ComparedVariable[], rowCount: number): LabelledRows {
  const [first] = variables;
  const realRows = first ? rowCountOf(first.real) : 0;
  return {
    features: variables.flatMap((variable) => featuresOf(variable)),
    isReal: Uint8Array.from({ length: rowCount }, (_, row) => (row < realRows ? 1 : 0)),
  };
}

function featuresOf(variable: ComparedVariable): Float64Array[] {
  if (variable.kind === 'continuous') {
    const { real, synthetic } = variable;
    const present = presentOf(real);
    const mean = present.length === 0 ? 0 : meanOf(present);
    return [joined(real.values, synthetic.values).map((value) => (Number.isNaN(value) ? mean : value))];
  }
  const { real, synthetic } = variable;
  const places = new Map(real.dictionary.map((category, code) => [category, code]));
  const moved = synthetic.codes.map((code) =>
    code < 0 ? -1 : (places.get(synthetic.dictionary[code] ?? '') ?? -2),
  );
  const codes = joined(Float64Array.from(real.codes), Float64Array.from(moved));
  const known = [...(real.codes.includes(-1) ? [-1] : []), ...places.values()];
  return known.map((wanted) => codes.map((code) => (code === wanted ? 1 : 0)));
}

function joined(real: Float64Array, synthetic: Float64Array): Float64Array {
  const both = new Float64Array(real.length + synthetic.length);
  both.set(real);
  both.set(synthetic, real.length);
  return both;
}

/** Less the median, in units of the distance of the quartiles, both of the rows learned from. */
function robustScaled(feature: Float64Array, learned: Int32Array): Float64Array {
  const sorted = Float64Array.from(learned, (row) => feature[row] ?? 0).sort();
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantile(sorted, share));
  const spread = (high ?? 0) - (low ?? 0);
  const unit = spread > 0 && Number.isFinite(spread) ? spread : 1;
  return feature.map((value) => (value - (middle ?? 0)) / unit);
}

/** Between the two nearest values, by their distance. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const [below, above] = [sorted[low] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return below + (above - below) * (place - low);
}

function rowsWhere(foldOf: Uint8Array, isWanted: (fold: number) => boolean): Int32Array {
  return Int32Array.from([...foldOf.keys()].filter((row) => isWanted(foldOf[row] ?? 0)));
}
