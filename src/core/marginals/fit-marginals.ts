import { calibration } from './calibrate.js';
import { cellMap, sumOnto, tableCells } from './cell-map.js';
import type { Axes } from './cell-map.js';
import { isInside } from './junction-tree.js';
import type { JunctionTree } from './junction-tree.js';

/** Noisy counts of a table. */
export interface Measurement {
  readonly axes: Axes;
  readonly counts: Float64Array;
  /** Variance of the noise of each cell. */
  readonly variances: Float64Array;
}

/** A law over all axes: what the cliques of a junction tree say, agreeing with each other. */
export interface FittedMarginals {
  readonly tree: JunctionTree;
  /** Rows there seem to be. */
  readonly total: number;
  /** Logarithms of factors, one table a measurement: where a fit with more measurements can go on. */
  readonly potentials: readonly Float64Array[];
  /** Counts, one table a clique. */
  readonly counts: readonly Float64Array[];
}

export interface FitMarginalsOptions {
  readonly tree: JunctionTree;
  readonly measurements: readonly Measurement[];
  readonly total: number;
  readonly iterations: number;
  /** Awaited now and then with the share of the iterations done; throws to stop. */
  readonly pause?: (share: number) => Promise<void>;
  /** Where to begin, for the first measurements; uniform for the others. */
  readonly potentials?: readonly Float64Array[];
}

interface Placed extends Measurement {
  readonly clique: number;
  readonly map: Int32Array;
  /** Of the squared error of each cell, at most 1. */
  readonly weights: Float64Array;
}

/** A step that gains less than this share of the loss, so often in a row, ends the fit. */
const enough = { gain: 1e-6, steps: 20 };

const turnsBetweenPauses = 50;

/**
 * The graphical model that comes nearest to the measurements, each squared error weighed by its variance: mirror
 * descent with entropy as its distance. McKenna, Sheldon, Miklau, "Graphical-model based estimation and inference for
 * differential privacy", ICML 2019, algorithm 1, with a step that grows while it works and halves when it does not.
 */
export async function fitMarginals(options: FitMarginalsOptions): Promise<FittedMarginals> {
  const { tree, total, iterations } = options;
  const placed = placeMeasurements(options);
  const solver = calibration(tree);
  const factors = tree.cliques.map(({ axes }) => new Float64Array(tableCells(axes, tree.sizes)));
  let potentials: readonly Float64Array[] = placed.map(
    ({ counts }, at) => options.potentials?.[at] ?? new Float64Array(counts.length),
  );
  const lawOf = (tables: readonly Float64Array[]): readonly Float64Array[] =>
    solver.calibrate(factorsOf(tables, placed, factors));
  let state = stateAt(lawOf(potentials), placed, total);
  let step = 2 / total;
  let idle = 0;
  for (let turn = 0; turn < iterations && idle < enough.steps; turn += 1) {
    if (turn % turnsBetweenPauses === turnsBetweenPauses - 1) await options.pause?.(turn / iterations);
    const moved = movedBy(potentials, state.gradients, step);
    const next = stateAt(lawOf(moved), placed, total);
    if (!(state.loss - next.loss >= 0.5 * step * promised(state, next))) {
      step *= 0.5;
      idle += 1;
      continue;
    }
    idle = state.loss - next.loss < enough.gain * state.loss ? idle + 1 : 0;
    [potentials, state] = [moved, next];
    step *= 1.05;
  }
  const counts = lawOf(potentials).map((table) => table.map((share) => share * total));
  return { tree, total, potentials, counts };
}

function placeMeasurements({ tree, measurements }: FitMarginalsOptions): Placed[] {
  let smallest = Infinity;
  for (const { variances } of measurements) for (const one of variances) smallest = Math.min(smallest, one);
  const { cliques, sizes } = tree;
  return measurements.map((measurement) => {
    const clique = smallestAround(measurement.axes, tree);
    const map = cellMap(cliques[clique]?.axes ?? [], measurement.axes, sizes);
    return { ...measurement, clique, map, weights: measurement.variances.map((one) => smallest / one) };
  });
}

function smallestAround(axes: Axes, { cliques, sizes }: JunctionTree): number {
  let found = -1;
  let least = Infinity;
  for (const [place, clique] of cliques.entries()) {
    const cells = tableCells(clique.axes, sizes);
    if (cells < least && isInside(axes, clique.axes)) [found, least] = [place, cells];
  }
  if (found < 0) throw new RangeError(`No clique holds the axes ${axes.join(', ')}.`);
  return found;
}

interface State {
  readonly loss: number;
  /** What the model says of each measurement. */
  readonly sums: readonly Float64Array[];
  /** Of the loss, by cell of each measurement. */
  readonly gradients: readonly Float64Array[];
}

function stateAt(shares: readonly Float64Array[], placed: readonly Placed[], total: number): State {
  let loss = 0;
  const sums: Float64Array[] = [];
  const gradients = placed.map(({ clique, map, counts, weights }) => {
    const sum = sumOnto(shares[clique] ?? new Float64Array(), map, counts.length);
    sums.push(sum);
    return sum.map((share, cell) => {
      const error = share * total - (counts[cell] ?? 0);
      const gradient = (weights[cell] ?? 0) * error;
      loss += 0.5 * gradient * error;
      return gradient;
    });
  });
  return { loss, sums: sums.map((sum) => sum.map((share) => share * total)), gradients };
}

function movedBy(
  potentials: readonly Float64Array[],
  gradients: readonly Float64Array[],
  step: number,
): Float64Array[] {
  return potentials.map((table, at) => table.map((one, cell) => one - step * (gradients[at]?.[cell] ?? 0)));
}

/** The potentials of the measurements together, by clique; in place. */
function factorsOf(
  potentials: readonly Float64Array[],
  placed: readonly Placed[],
  factors: readonly Float64Array[],
): readonly Float64Array[] {
  for (const table of factors) table.fill(0);
  for (const [at, { clique, map }] of placed.entries()) {
    const own = potentials[at] ?? new Float64Array();
    const table = factors[clique] ?? new Float64Array();
    for (let cell = 0; cell < table.length; cell += 1)
      table[cell] = (table[cell] ?? 0) + (own[map[cell] ?? 0] ?? 0);
  }
  return factors;
}

/** <gradient, counts before - counts after>. */
function promised(before: State, after: State): number {
  let product = 0;
  for (const [at, gradient] of before.gradients.entries()) {
    const [left, right] = [before.sums[at], after.sums[at]];
    for (let cell = 0; cell < gradient.length; cell += 1)
      product += (gradient[cell] ?? 0) * ((left?.[cell] ?? 0) - (right?.[cell] ?? 0));
  }
  return product;
}
