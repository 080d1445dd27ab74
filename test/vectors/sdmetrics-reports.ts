import type { ComparedTable, TablePair } from '../../src/evaluation/fidelity/quality/compared-table.js';
import {
  columnValidity,
  tableStructure,
  validityScore,
} from '../../src/evaluation/fidelity/quality/diagnostic-report.js';
import {
  meetsThreshold,
  thresholdedScore,
  trendThresholds,
} from '../../src/evaluation/fidelity/quality/pair-trend.js';
import type { PairTrend } from '../../src/evaluation/fidelity/quality/pair-trend.js';
import {
  columnShapes,
  pairTrends,
  reportScore,
  shapesScore,
  trendsScore,
} from '../../src/evaluation/fidelity/quality/quality-report.js';
import { noScore } from '../../src/evaluation/score.js';
import type { ExpectedFigure, VectorCheck } from './vector-check.js';

export type Row = Readonly<Record<string, ExpectedFigure | string | boolean>>;

function textOf(row: Row, name: string): string {
  const value = row[name];
  return typeof value === 'object' || value === undefined ? '' : String(value);
}

export interface ExpectedReport {
  readonly score: ExpectedFigure;
  readonly properties: Readonly<Record<string, ExpectedFigure>>;
}

export function checkQualityReport(
  check: VectorCheck,
  { variables }: ComparedTable,
  expected: ExpectedReport & {
    readonly columnShapes: readonly Row[];
    readonly columnPairTrends: readonly Row[];
  },
  regime: keyof typeof trendThresholds,
): void {
  const shapes = columnShapes(variables);
  const trends = pairTrends(variables);
  const rule = { thresholds: trendThresholds[regime], mixedEdges: 'own' } as const;
  const properties = [shapesScore(shapes), trendsScore(trends, rule)];
  checkReport(check, expected, properties);
  expected.columnShapes.forEach((row, index) => {
    checkShape(check, row, shapes[index]);
  });
  expected.columnPairTrends.forEach((row, index) => {
    checkTrend(check, row, trends[index], regime);
  });
}

export function checkReport(
  check: VectorCheck,
  { score, properties }: ExpectedReport,
  found: readonly Parameters<typeof reportScore>[0][number][],
): void {
  check.score('report', reportScore(found), score);
  Object.entries(properties).forEach(([name, value], index) => {
    check.score(name, found[index] ?? noScore('absent'), value);
  });
}

export function checkShape(
  check: VectorCheck,
  row: Row,
  found: ReturnType<typeof columnShapes>[number] | undefined,
): void {
  const place = `shape of ${textOf(row, 'Column')}`;
  check.text(
    place,
    `${found?.column} ${found?.measure}`,
    `${textOf(row, 'Column')} ${textOf(row, 'Metric')}`,
  );
  check.score(place, found?.score ?? noScore('absent'), row['Score'] as ExpectedFigure);
}

export function checkTrend(
  check: VectorCheck,
  row: Row,
  trend: PairTrend | undefined,
  regime: keyof typeof trendThresholds,
): void {
  const names = `${textOf(row, 'Column 1')} x ${textOf(row, 'Column 2')}`;
  if (!trend) throw new Error(`There is no trend of ${names}.`);
  const thresholds = trendThresholds[regime];
  check.text(
    `${names}, name`,
    `${trend.columns.join(' x ')} ${trend.measure}`,
    `${names} ${textOf(row, 'Metric')}`,
  );
  check.score(`${names}, ${regime}`, thresholdedScore(trend, thresholds), row['Score'] as ExpectedFigure);
  check.text(
    `${names}, ${regime}, meets`,
    String(meetsThreshold(trend, thresholds)),
    textOf(row, 'Meets Threshold?'),
  );
  const figures =
    trend.measure === 'CorrelationSimilarity'
      ? { 'Real Correlation': trend.realCorrelation, 'Synthetic Correlation': trend.syntheticCorrelation }
      : { 'Real Association': trend.realAssociation };
  for (const [name, value] of Object.entries(figures)) {
    // Upstream leaves out what it does not need: the synthetic figure under the threshold, associations without one.
    if (typeof row[name] === 'number') check.score(`${names}, ${name}`, value ?? NaN, row[name]);
  }
}

export function checkDiagnosticReport(
  check: VectorCheck,
  pair: TablePair,
  expected: ExpectedReport & { readonly dataValidity: readonly Row[] },
): void {
  const validity = columnValidity(pair);
  checkReport(check, expected, [validityScore(validity), tableStructure(pair.real, pair.synthetic)]);
  checkValidity(check, validity, expected.dataValidity);
}

export function checkValidity(
  check: VectorCheck,
  validity: ReturnType<typeof columnValidity>,
  rows: readonly Row[],
): void {
  for (const row of rows) {
    const name = `${textOf(row, 'Column')} ${textOf(row, 'Metric')}`;
    const found = validity.find(({ column, measure }) => `${column} ${measure}` === name);
    check.score(name, found?.score ?? NaN, row['Score'] as ExpectedFigure);
  }
  check.text('columns judged', String(validity.length), String(rows.length));
}
