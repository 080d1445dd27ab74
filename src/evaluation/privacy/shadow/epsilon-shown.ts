import { mean, variance } from '../statistics/rank-curve.js';
import { probabilityAtLeast, probabilityAtMost } from '../statistics/clopper-pearson.js';

/** Of each of the two Clopper-Pearson bounds; two directions make four of them, so a sound claim fails 2 % at most. */
const tail = 0.005;

interface EpsilonShown {
  /** At least this epsilon, with 98 % confidence. */
  readonly bound: number;
  /** What telling all worlds apart would have shown. */
  readonly most: number;
}

/** One way to guess the world: the feature lies beyond the cut. */
interface Guess {
  readonly feature: number;
  readonly sign: 1 | -1;
  readonly cut: number;
}

/**
 * A lower bound of epsilon from outcomes with and without a person. The first quarter of each chooses the one feature
 * and cut that would show most, the rest measures them: epsilon >= ln((hits - delta) / false alarms), both ways.
 */
export function epsilonShown(
  inside: readonly Float64Array[],
  outside: readonly Float64Array[],
  delta: number,
): EpsilonShown {
  const chosen = inside.length >> 2;
  const [chooseIn, chooseOut] = [inside.slice(0, chosen), outside.slice(0, chosen)];
  const guess = bestGuess(chooseIn, chooseOut);
  const trials = inside.length - chosen;
  const count = (rows: readonly Float64Array[]): number => rows.filter((row) => guesses(guess, row)).length;
  const bound = boundOf(count(inside.slice(chosen)), count(outside.slice(chosen)), trials, delta);
  return { bound, most: boundOf(trials, 0, trials, delta) };
}

function guesses({ feature, sign, cut }: Guess, row: Float64Array): boolean {
  return sign * ((row[feature] ?? 0) - cut) > 0;
}

function boundOf(hits: number, alarms: number, trials: number, delta: number): number {
  const ratio = (of: number, by: number): number =>
    Math.log(
      Math.max(1e-12, probabilityAtLeast({ successes: of, trials }, tail) - delta) /
        probabilityAtMost({ successes: by, trials }, tail),
    );
  return Math.max(0, ratio(hits, alarms), ratio(trials - alarms, trials - hits));
}

const cutsTried = 20;

/** Two standard errors on each side: near enough to choose by, and quick. */
function roughBound(hits: number, alarms: number, trials: number): number {
  const ratio = (of: number, by: number): number =>
    Math.log(Math.max(1, of - 2 * Math.sqrt(of)) / (by + 2 * Math.sqrt(by) + 4));
  return Math.max(ratio(hits, alarms), ratio(trials - alarms, trials - hits));
}

function bestGuess(inside: readonly Float64Array[], outside: readonly Float64Array[]): Guess {
  const feature = tellingFeature(inside, outside);
  const valuesOf = (rows: readonly Float64Array[]): Float64Array =>
    Float64Array.from(rows, (row) => row[feature] ?? 0);
  const sign = mean(valuesOf(inside)) >= mean(valuesOf(outside)) ? 1 : -1;
  const all = Float64Array.of(...valuesOf(inside), ...valuesOf(outside)).sort();
  const cuts = Array.from(
    { length: cutsTried },
    (_, at) => all[Math.floor(((at + 0.5) * all.length) / cutsTried)] ?? 0,
  );
  const shown = cuts.map((cut) => {
    const count = (rows: readonly Float64Array[]): number =>
      rows.filter((row) => guesses({ feature, sign, cut }, row)).length;
    return {
      feature,
      sign,
      cut,
      bound: roughBound(count(inside), count(outside), inside.length),
    } as const;
  });
  return shown.reduce((best, one) => (one.bound > best.bound ? one : best));
}

/** The feature whose means differ by the most standard errors. */
function tellingFeature(inside: readonly Float64Array[], outside: readonly Float64Array[]): number {
  const width = inside[0]?.length ?? 0;
  const strength = Array.from({ length: width }, (_, at) => {
    const [left, right] = [inside, outside].map((rows) => Float64Array.from(rows, (row) => row[at] ?? 0));
    if (!left || !right) return 0;
    const spread = variance(left) + variance(right);
    const difference = Math.abs(mean(left) - mean(right));
    return difference === 0 ? 0 : difference / Math.sqrt(spread + 1e-9);
  });
  return strength.reduce((best, one, at) => (one > (strength[best] ?? 0) ? at : best), 0);
}
