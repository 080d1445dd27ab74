import { readFileSync } from 'node:fs';
import { categoryAdherence } from '../../src/evaluation/fidelity/columns/category-adherence.js';
import { boundaryAdherence } from '../../src/evaluation/fidelity/columns/boundary-adherence.js';
import { categoryCoverage } from '../../src/evaluation/fidelity/columns/category-coverage.js';
import { chiSquareSimilarity } from '../../src/evaluation/fidelity/columns/chi-square-similarity.js';
import { keyUniqueness } from '../../src/evaluation/fidelity/columns/key-uniqueness.js';
import { missingValueSimilarity } from '../../src/evaluation/fidelity/columns/missing-value-similarity.js';
import { rangeCoverage } from '../../src/evaluation/fidelity/columns/range-coverage.js';
import { shapeSimilarity } from '../../src/evaluation/fidelity/columns/shape.js';
import { statisticSimilarity } from '../../src/evaluation/fidelity/columns/statistic-similarity.js';
import type { Statistic } from '../../src/evaluation/fidelity/columns/statistic-similarity.js';
import {
  contingencySimilarity,
  contingencyTable,
  cramersV,
} from '../../src/evaluation/fidelity/pairs/contingency.js';
import { correlationSimilarity } from '../../src/evaluation/fidelity/pairs/correlation.js';
import type { Coefficient, PairOf } from '../../src/evaluation/fidelity/pairs/correlation.js';
import { compareVariable } from '../../src/evaluation/fidelity/quality/compared-variable.js';
import type { ComparedVariable } from '../../src/evaluation/fidelity/quality/compared-variable.js';
import type { Coded } from '../../src/evaluation/fidelity/pairs/coded.js';
import { digitize, fixedEdges } from '../../src/evaluation/fidelity/pairs/equal-width-bins.js';
import { meetsThreshold, pairTrend } from '../../src/evaluation/fidelity/quality/pair-trend.js';
import {
  cardinalityBoundaryAdherence,
  referentialIntegrity,
} from '../../src/evaluation/fidelity/relational/relationship-scores.js';
import type { RelationshipKeys } from '../../src/evaluation/fidelity/relational/relationship-keys.js';
import { toVariable } from '../../src/evaluation/fidelity/variable.js';
import type {
  ContinuousVariable,
  DiscreteVariable,
  Variable,
} from '../../src/evaluation/fidelity/variable.js';
import { categories } from '../../src/evaluation/testing/columns.js';
import { describeWithShared } from '../support/shared-data.js';
import { VectorCheck } from './vector-check.js';
import type { ExpectedFigure } from './vector-check.js';

type Cell = number | string | boolean | null;
type Expected = ExpectedFigure | Readonly<Record<string, ExpectedFigure>>;
interface EdgeCase {
  readonly metric: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly expected: Expected;
}

const asText = (cell: Cell | undefined): string | null =>
  cell === null || cell === undefined ? null : String(cell);
const continuous = (cells: readonly Cell[]): ContinuousVariable => ({
  kind: 'continuous',
  values: Float64Array.from(cells, (cell) => (cell === null ? NaN : Number(cell))),
});
const discrete = (cells: readonly Cell[]): DiscreteVariable =>
  toVariable(categories(cells.map(asText))) as DiscreteVariable;
const isNumeric = (cells: readonly Cell[]): boolean => cells.every((cell) => typeof cell !== 'string');

/** The figure of a case by its name in the vectors; null where no function of ours has that name. */
function figuresOf({
  metric,
  input,
  expected,
}: EdgeCase): [found: number | Parameters<VectorCheck['score']>[1], wanted: ExpectedFigure][] {
  const { real, synthetic } = input as { real: Cell[]; synthetic: Cell[] };
  const single = expected as ExpectedFigure;
  const numeric = (): [ContinuousVariable, ContinuousVariable] => [continuous(real), continuous(synthetic)];
  const texts = (): [DiscreteVariable, DiscreteVariable] => [discrete(real), discrete(synthetic)];
  switch (metric) {
    case 'KSComplement':
      return [[shapeSimilarity(...numeric()), single]];
    case 'TVComplement':
      return [[shapeSimilarity(...texts()), single]];
    case 'BoundaryAdherence':
      return [[boundaryAdherence(...numeric()), single]];
    case 'RangeCoverage':
      return [[rangeCoverage(...numeric()), single]];
    case 'CategoryAdherence':
      return [[categoryAdherence(...texts()), single]];
    case 'CategoryCoverage':
      return [[categoryCoverage(...texts()), single]];
    case 'CSTest':
      return [[chiSquareSimilarity(...texts()), single]];
    case 'MissingValueSimilarity':
      return [[missingValueSimilarity(...numeric()), single]];
    case 'StatisticSimilarity':
      return [[statisticSimilarity(input['statistic'] as Statistic, ...numeric()).score, single]];
    case 'KeyUniqueness':
      return [[keyUniqueness([categories(synthetic.map(asText))], synthetic.length), single]];
    case 'CorrelationSimilarity':
      return correlationFigures(input, expected);
    case 'ContingencySimilarity':
      return contingencyFigures(input, expected);
    case 'ReferentialIntegrity':
      return [[referentialIntegrity(...keysOf(input)), single]];
    case 'CardinalityBoundaryAdherence':
      return [[cardinalityBoundaryAdherence(...keysOf(input)), single]];
    default:
      throw new Error(`The vectors have a metric that is not compared: ${metric}`);
  }
}

type Rows = readonly (readonly Cell[])[];

function correlationFigures(input: EdgeCase['input'], expected: Expected): ReturnType<typeof figuresOf> {
  const pair = (rows: Rows): PairOf<ContinuousVariable> => ({
    first: continuous(rows.map(([cell = null]) => cell)),
    second: continuous(rows.map(([, cell = null]) => cell)),
  });
  const found = correlationSimilarity(
    input['coefficient'] as Coefficient,
    pair(input['real'] as Rows),
    pair(input['synthetic'] as Rows),
  );
  const wanted = expected as Record<string, ExpectedFigure>;
  if (expected === null || 'error' in wanted) return [[found.score, expected as ExpectedFigure]];
  return [
    [found.score, wanted['score']!],
    [found.real, wanted['real']!],
    [found.synthetic, wanted['synthetic']!],
  ];
}

function contingencyFigures(input: EdgeCase['input'], expected: Expected): ReturnType<typeof figuresOf> {
  const columns = ['real', 'synthetic'].map((table) => {
    const rows = input[table] as Rows;
    return [rows.map(([cell = null]) => cell), rows.map(([, cell = null]) => cell)] as const;
  });
  const variables = [0, 1].map((place) => {
    const [real, synthetic] = columns.map((pair) => pair[place]!) as [Cell[], Cell[]];
    const variable: (cells: Cell[]) => Variable =
      isNumeric(real) && isNumeric(synthetic) ? continuous : discrete;
    return compareVariable(String(place), variable(real), variable(synthetic))!;
  });
  const [first, second] = [variables[0]!, variables[1]!];
  const bins = (input['bins'] as number | undefined) ?? 10;
  const codesOf = (variable: ComparedVariable, side: 'real' | 'synthetic'): Coded =>
    variable.kind === 'continuous'
      ? digitize(variable[side], fixedEdges(variable.real, bins))
      : variable.codes[side];
  const table = (side: 'real' | 'synthetic'): ReturnType<typeof contingencyTable> =>
    contingencyTable({ first: codesOf(first, side), second: codesOf(second, side) });
  const score = contingencySimilarity(table('real'), table('synthetic'));
  const threshold = input['realAssociationThreshold'];
  if (threshold === undefined) return [[score, expected as ExpectedFigure]];
  const trend = pairTrend(first, second);
  const meets = meetsThreshold(trend, { correlation: 0.5, association: threshold as number });
  const wanted = expected as Record<string, ExpectedFigure>;
  return [
    [meets ? score : NaN, wanted['score']!],
    [cramersV(table('real')), wanted['real_association']!],
  ];
}

function keysOf(input: EdgeCase['input']): [RelationshipKeys, RelationshipKeys] {
  const cells = (name: string): (string | null)[] => (input[name] as Cell[]).map(asText);
  return [
    { parents: cells('realParent'), children: cells('realChild') },
    { parents: cells('syntheticParent'), children: cells('syntheticChild') },
  ];
}

describeWithShared('SDMetrics at its edges', 'metric-vectors/sdmetrics-edge-cases.json', (file) => {
  it('agrees on every case', () => {
    const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: EdgeCase[] };
    const check = new VectorCheck();
    for (const edge of cases) {
      for (const [found, wanted] of figuresOf(edge))
        check.score(`${edge.metric} ${JSON.stringify(edge.input)}`, found, wanted);
    }
    expect(cases).toHaveLength(291);
    check.expectAll('SDMetrics edge cases', 380);
  });
});
