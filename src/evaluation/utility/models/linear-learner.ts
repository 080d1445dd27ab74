import type { TreeTarget } from '../../../core/trees/grow-tree.js';
import {
  fitLogistic,
  linearPredictor,
  predictLogistic,
} from '../../fidelity/propensity/logistic-regression.js';
import type { Learner, Prediction } from './learner.js';
import { fitLeastSquares } from './least-squares.js';
import { numberEncoder } from './number-encoder.js';

/** Penalty on the squares of the coefficients, as scikit-learn's default (C = 1) on columns of one scale. */
const ridge = 1;

/** Logistic regression, of three classes and more each against the rest; of numbers linear regression. */
export const linear: Learner = {
  name: { classes: 'logistic regression', values: 'linear regression' },
  learn: ({ predictors, target }) => {
    const encoder = numberEncoder(
      predictors,
      predictors.map(() => ''),
    );
    const features = encoder.encode(predictors);
    if (target.kind === 'values') {
      const { coefficients } = fitLeastSquares(features, target.values, ridge);
      return (given, rowCount) => [linearPredictor(coefficients, encoder.encode(given), rowCount)];
    }
    const coefficients = classLabels(target).map(
      (labels) => fitLogistic({ features, labels, ridge }).coefficients,
    );
    return (given, rowCount) => {
      const encoded = encoder.encode(given);
      return sharesOf(coefficients.map((own) => predictLogistic(own, encoded, rowCount)));
    };
  },
};

/** 1 where a row has the class, one array a class; of two classes the second alone. */
function classLabels({ codes, classCount }: Extract<TreeTarget, { kind: 'classes' }>): Uint8Array[] {
  const classes = classCount === 2 ? [1] : Array.from({ length: classCount }, (_, code) => code);
  return classes.map((wanted) => codes.map((code) => (code === wanted ? 1 : 0)));
}

function sharesOf(found: readonly Float64Array[]): Prediction {
  const [first, ...others] = found;
  if (first && others.length === 0) return [first.map((share) => 1 - share), first];
  const totals = new Float64Array(first?.length ?? 0);
  for (const shares of found) shares.forEach((share, row) => (totals[row] = (totals[row] ?? 0) + share));
  return found.map((shares) =>
    shares.map((share, row) => (totals[row] ? share / (totals[row] ?? 1) : 1 / found.length)),
  );
}
