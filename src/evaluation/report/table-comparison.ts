import { drawRows } from '../../core/random/draw-rows.js';
import type { Random } from '../../core/random/random.js';
import { binningOf } from '../fidelity/accuracy/binning.js';
import type { BothCoded } from '../fidelity/accuracy/accuracy.js';
import { featuresOf } from '../fidelity/encoding/features.js';
import type { Feature } from '../fidelity/encoding/features.js';
import { compareVariable } from '../fidelity/quality/compared-variable.js';
import type { ComparedVariable } from '../fidelity/quality/compared-variable.js';
import { associations } from '../fidelity/similarity/associations.js';
import type { Association } from '../fidelity/similarity/associations.js';
import { gatherRows, rowCountOf } from '../fidelity/variable.js';
import type { Variable } from '../fidelity/variable.js';

/** One table as the measures of the report see it. What is costly is worked out once, when first asked for. */
export interface TableComparison {
  readonly name: string;
  readonly variables: readonly ComparedVariable[];
  readonly random: Random;
  /** The same columns of real records nobody trained on, compared as if they were synthetic; null without a holdout. */
  readonly holdout: readonly ComparedVariable[] | null;
  /** Quantile bins of the real table. */
  coded(): readonly BothCoded[];
  associations(): readonly Association[];
  /** At most `sampleRowsMax` rows of each table, as numbers on one scale. */
  features(): readonly Feature[];
  /** The same of the holdout; null without one. */
  holdoutFeatures(): readonly Feature[] | null;
  /** At most `distanceRowsMax` rows of each table, for what compares every record with every other. */
  nearness(): NearnessSamples;
}

/** As many real rows as holdout rows, when there is a holdout. */
interface NearnessSamples {
  readonly syntheticToReal: readonly ComparedVariable[];
  readonly holdout: {
    readonly holdoutToReal: readonly ComparedVariable[];
    readonly syntheticToHoldout: readonly ComparedVariable[];
  } | null;
}

/** Rows a model is fitted on. */
const sampleRowsMax = 10_000;
/** Rows that are compared each with each. */
const distanceRowsMax = 2_000;

export interface TableInput {
  readonly name: string;
  readonly variables: readonly ComparedVariable[];
  readonly holdout: ReadonlyMap<string, Variable> | null;
  /** Columns whose numbers are moments. */
  readonly moments: ReadonlySet<string>;
  readonly random: Random;
}

export function tableComparison({ name, variables, holdout, moments, random }: TableInput): TableComparison {
  const compared = holdout && comparedWith(variables, holdout);
  return {
    name,
    variables,
    random,
    holdout: compared,
    coded: once(() =>
      variables.map(({ name: column, real, synthetic }) => {
        const binning = binningOf(real, moments.has(column));
        return { original: binning(real), synthetic: binning(synthetic) };
      }),
    ),
    associations: once(() => associations(variables)),
    features: once(() => sampledFeatures(variables, random)),
    holdoutFeatures: once(() => compared && sampledFeatures(compared, random)),
    nearness: once(() => nearnessSamples(variables, compared, random)),
  };
}

function sampledFeatures(variables: readonly ComparedVariable[], random: Random): Feature[] {
  const real = drawRows(rowsOf(variables, 'real'), sampleRowsMax, random.fork('model, real'));
  const rows = drawRows(rowsOf(variables, 'synthetic'), sampleRowsMax, random.fork('model, synthetic'));
  return featuresOf(gatherBoth(variables, real, rows));
}

function nearnessSamples(
  variables: readonly ComparedVariable[],
  compared: readonly ComparedVariable[] | null,
  random: Random,
): NearnessSamples {
  const holdoutRows = compared ? rowsOf(compared, 'synthetic') : distanceRowsMax;
  const most = Math.min(distanceRowsMax, Math.max(1, holdoutRows), rowsOf(variables, 'real'));
  const realRows = drawRows(rowsOf(variables, 'real'), most, random.fork('real rows'));
  const rows = drawRows(rowsOf(variables, 'synthetic'), distanceRowsMax, random.fork('synthetic rows'));
  const syntheticToReal = gatherBoth(variables, realRows, rows);
  if (compared?.length !== variables.length) return { syntheticToReal, holdout: null };
  const heldRows = drawRows(holdoutRows, most, random.fork('holdout rows'));
  const syntheticToHoldout = compared.flatMap(({ name, synthetic: held }, at) => {
    const made = variables[at]?.synthetic;
    return made ? (compareVariable(name, gatherRows(held, heldRows), gatherRows(made, rows)) ?? []) : [];
  });
  return {
    syntheticToReal,
    holdout: { holdoutToReal: gatherBoth(compared, realRows, heldRows), syntheticToHoldout },
  };
}

/** The real columns with another table in the place of the synthetic one; columns it lacks are left out. */
export function comparedWith(
  variables: readonly { readonly name: string; readonly real: Variable }[],
  other: ReadonlyMap<string, Variable>,
): ComparedVariable[] {
  return variables.flatMap(({ name, real }) => {
    const variable = other.get(name);
    return (variable && compareVariable(name, real, variable)) ?? [];
  });
}

export function rowsOf(variables: readonly ComparedVariable[], side: 'real' | 'synthetic'): number {
  const [first] = variables;
  return first ? rowCountOf(first[side]) : 0;
}

function gatherBoth(
  variables: readonly ComparedVariable[],
  realRows: Int32Array,
  otherRows: Int32Array,
): ComparedVariable[] {
  return variables.flatMap(
    ({ name, real, synthetic }) =>
      compareVariable(name, gatherRows(real, realRows), gatherRows(synthetic, otherRows)) ?? [],
  );
}

function once<Value>(work: () => Value): () => Value {
  let done: { readonly value: Value } | null = null;
  return () => (done ??= { value: work() }).value;
}
