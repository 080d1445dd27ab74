import { drawRows } from '../../core/random/draw-rows.js';
import type { Random } from '../../core/random/random.js';
import type { ComparedVariable } from '../fidelity/quality/compared-variable.js';
import { pairTrends, columnShapes } from '../fidelity/quality/quality-report.js';
import { gatherRows } from '../fidelity/variable.js';
import type { Variable } from '../fidelity/variable.js';
import { qualityOf } from './measures/sdmetrics-measures.js';
import type { ControlFigures } from './report.js';
import { reportMeasures } from './report-measures.js';
import type { TableMeasure } from './report-measure.js';
import { comparedWith, rowsOf, tableComparison } from './table-comparison.js';
import { figureOf } from './usability.js';

/** Controls of large tables use this many rows of each; so does the candidate beside them. */
const controlRowsMax = 20_000;

export interface ControlInput {
  readonly table: string;
  readonly variables: readonly ComparedVariable[];
  readonly holdout: ReadonlyMap<string, Variable> | null;
  readonly moments: ReadonlySet<string>;
  readonly random: Random;
}

const controlled = reportMeasures.filter(
  (measure): measure is TableMeasure => measure.scope === 'table' && measure.isControlled === true,
);

/** The headline measures of the candidate and of tables whose quality is known beforehand, on equal terms. */
export function controlFigures({
  table,
  variables,
  holdout,
  moments,
  random,
}: ControlInput): ControlFigures[] {
  const realRows = drawRows(rowsOf(variables, 'real'), controlRowsMax, random.fork('real rows'));
  const real = new Map(
    variables.map(({ name, real: column }) => [name, gatherRows<Variable>(column, realRows)]),
  );
  const count = Math.min(rowsOf(variables, 'synthetic'), controlRowsMax);
  const rows = drawRows(rowsOf(variables, 'synthetic'), controlRowsMax, random.fork('candidate rows'));
  const candidate = new Map(
    variables.map(({ name, synthetic }) => [name, gatherRows<Variable>(synthetic, rows)]),
  );
  const together = drawnWithReplacement(realRows.length, count, random.fork('bootstrap'));
  const columnwise = (
    columns: ReadonlyMap<string, Variable>,
    rowsFor: (name: string) => Int32Array,
  ): Map<string, Variable> =>
    new Map([...columns].map(([name, column]) => [name, gatherRows<Variable>(column, rowsFor(name))]));
  const independent = (name: string): Int32Array =>
    drawnWithReplacement(realRows.length, count, random.fork('independent').fork(name));
  const candidates = [
    { ...descriptions.candidate, columns: candidate },
    { ...descriptions.independent, columns: columnwise(real, independent) },
    { ...descriptions.bootstrap, columns: columnwise(real, () => together) },
    ...(holdout ? [{ ...descriptions.holdout, columns: holdout }] : []),
  ];
  return candidates.map(({ control, explanation, columns }) => ({
    table,
    control,
    explanation,
    figures: figuresOf(real, columns, { name: table, moments, random: random.fork(control) }),
  }));
}

type Description = Pick<ControlFigures, 'control' | 'explanation'>;

const descriptions = {
  candidate: { control: 'candidate', explanation: 'The synthetic table.' },
  independent: {
    control: 'independent columns',
    explanation:
      'Each column drawn from the real one by itself: all relations are lost. A figure near this one says nothing about relations.',
  },
  bootstrap: {
    control: 'bootstrap of the real rows',
    explanation:
      'Real records drawn again: as faithful as can be and not private at all. A figure near this one says nothing about privacy.',
  },
  holdout: {
    control: 'holdout',
    explanation: 'Real records that were held out: what a perfect generator would reach.',
  },
} as const satisfies Record<string, Description>;

function figuresOf(
  real: ReadonlyMap<string, Variable>,
  other: ReadonlyMap<string, Variable>,
  rest: { readonly name: string; readonly moments: ReadonlySet<string>; readonly random: Random },
): ControlFigures['figures'] {
  const own = [...real].map(([name, column]) => ({ name, real: column }));
  const variables = comparedWith(own, other);
  const compared = {
    ...{ name: rest.name, variables, leftOut: [], validity: [] },
    structure: { value: 1 },
    shapes: columnShapes(variables),
    trends: pairTrends(variables),
  };
  const comparison = tableComparison({ ...rest, variables, holdout: null });
  return [
    { name: 'quality-score', title: 'Quality score', ...figureOf(qualityOf(compared, 'default')) },
    {
      name: 'quality-score-threshold-zero',
      title: 'Quality score, all pairs counted',
      ...figureOf(qualityOf(compared, 'zero')),
    },
    ...controlled.map((measure) => ({
      name: measure.name,
      title: measure.title,
      ...figureOf(measure.find(comparison).score),
    })),
  ];
}

function drawnWithReplacement(rowCount: number, count: number, random: Random): Int32Array {
  return Int32Array.from({ length: rowCount === 0 ? 0 : count }, () => random.integerBelow(rowCount));
}
