import { binOf, quantileCuts } from '../../../core/trees/quantile-cuts.js';
import { binsMax } from '../../../core/trees/tree.js';
import type { BinnedFeature } from '../../../core/trees/tree.js';
import { presentOf } from '../../fidelity/variable.js';
import type { ContinuousVariable, DiscreteVariable, Variable } from '../../fidelity/variable.js';
import { categoriesByFrequency, categoryTexts } from './number-encoder.js';

/** Columns as bins, for models of trees. */
export type BinEncoder = (variables: readonly Variable[]) => BinnedFeature[];

/**
 * Learns bins from one table: numbers by quantiles with missing as the last bin, categories each by itself but for the
 * rarest, which share a bin with those that were not learned.
 */
export function binEncoder(variables: readonly Variable[]): BinEncoder {
  const encoders = variables.map((variable) =>
    variable.kind === 'continuous' ? continuousBins(variable) : discreteBins(variable),
  );
  return (given) =>
    encoders.flatMap((encode, at) => {
      const variable = given[at];
      return variable ? [encode(variable)] : [];
    });
}

type ColumnBins = (variable: Variable) => BinnedFeature;

function continuousBins(learned: ContinuousVariable): ColumnBins {
  const cuts = quantileCuts(presentOf(learned).slice().sort(), binsMax - 1);
  const missing = cuts.length + 1;
  return (variable) => ({
    kind: 'ordered',
    bins: Uint8Array.from(variable.kind === 'continuous' ? variable.values : [], (value) =>
      Number.isNaN(value) ? missing : binOf(cuts, value),
    ),
    binCount: missing + 1,
  });
}

function discreteBins(learned: DiscreteVariable): ColumnBins {
  const own = categoriesByFrequency(learned).slice(0, binsMax - 1);
  const places = new Map(own.map((text, at) => [text, at + 1]));
  return (variable) => ({
    kind: 'levels',
    bins: Uint8Array.from(
      variable.kind === 'discrete' ? categoryTexts(variable) : [],
      (text) => places.get(text) ?? 0,
    ),
    binCount: own.length + 1,
  });
}
