import { meanScore, notApplicable } from '../../score.js';
import type { Score } from '../../score.js';
import type { MixedEdges, trendThresholds } from '../../fidelity/quality/pair-trend.js';
import { reportScore } from '../../fidelity/quality/quality-report.js';
import type { ComparedDataset } from '../../fidelity/relational/compared-dataset.js';
import { diagnosticProperties, qualityProperties } from '../../fidelity/relational/dataset-reports.js';
import type { ReportProperty } from '../../fidelity/relational/dataset-reports.js';
import type { DatasetMeasure, MeasuredFigure } from '../report-measure.js';

type Regime = keyof typeof trendThresholds;

const share = '0 to 1';
const source = 'SDMetrics 0.29';

function figure(score: Score): MeasuredFigure {
  return { score };
}

function total(properties: readonly ReportProperty[]): Score {
  return reportScore(properties.map(({ score }) => score));
}

function property(properties: readonly ReportProperty[], name: string): Score {
  return (
    properties.find((one) => one.name === name)?.score ??
    notApplicable('There is no relationship between tables.')
  );
}

const quality =
  (regime: Regime, edges: MixedEdges) =>
  (dataset: ComparedDataset): MeasuredFigure =>
    figure(total(qualityProperties(dataset, regime, edges)));

const part =
  (name: string, regime: Regime = 'default', edges: MixedEdges = 'own') =>
  (dataset: ComparedDataset): MeasuredFigure =>
    figure(property(qualityProperties(dataset, regime, edges), name));

const diagnostic =
  (name: string) =>
  (dataset: ComparedDataset): MeasuredFigure =>
    figure(property(diagnosticProperties(dataset), name));

const measure = (rest: Omit<DatasetMeasure, 'scope' | 'direction' | 'range' | 'source'>): DatasetMeasure => ({
  scope: 'dataset',
  direction: 'higher',
  range: share,
  source,
  ...rest,
});

/** The SDMetrics 0.29 reports and their parts, in both threshold regimes and with both ways to cut mixed pairs. */
export const sdmetricsMeasures: readonly DatasetMeasure[] = [
  measure({
    name: 'quality-score',
    title: 'Quality score',
    section: 'headline',
    meaning:
      'The mean of how alike single columns are and how alike those pairs are that really go together; 1 is alike.',
    find: quality('default', 'own'),
  }),
  measure({
    name: 'quality-score-threshold-zero',
    title: 'Quality score, all pairs counted',
    section: 'headline',
    meaning:
      'The older rule, which published figures up to 2025 follow; unrelated pairs lift it, so never read it alone.',
    find: quality('zero', 'own'),
  }),
  measure({
    name: 'quality-score-fixed-edges',
    title: 'Quality score, bins of the real range',
    section: 'headline',
    meaning:
      'The quality score with both tables cut at the same edges, so that a synthetic column that is shifted is seen.',
    find: quality('default', 'fixed'),
  }),
  measure({
    name: 'quality-score-threshold-zero-fixed-edges',
    title: 'Quality score, all pairs counted, bins of the real range',
    section: 'pairs',
    meaning: 'The older rule with both tables cut at the same edges.',
    find: quality('zero', 'fixed'),
  }),
  measure({
    name: 'column-shapes',
    title: 'Column shapes',
    section: 'columns',
    meaning:
      'How much of each column is spread as in the real data, on average (KSComplement, TVComplement).',
    find: part('Column Shapes'),
  }),
  measure({
    name: 'column-pair-trends',
    title: 'Column pair trends',
    section: 'pairs',
    meaning: 'How alike those pairs of columns are that go together in the real data.',
    find: part('Column Pair Trends'),
  }),
  measure({
    name: 'column-pair-trends-threshold-zero',
    title: 'Column pair trends, all pairs counted',
    section: 'pairs',
    meaning: 'How alike all pairs of columns are, those that have nothing to do with each other included.',
    find: part('Column Pair Trends', 'zero'),
  }),
  measure({
    name: 'column-pair-trends-fixed-edges',
    title: 'Column pair trends, bins of the real range',
    section: 'pairs',
    meaning: 'The pair trends with both tables cut at the same edges.',
    find: part('Column Pair Trends', 'default', 'fixed'),
  }),
  measure({
    name: 'cardinality-shape-similarity',
    title: 'Records per parent',
    section: 'relationships',
    meaning: 'Whether each patient has as many visits, each visit as many results, as in the real data.',
    find: part('Cardinality'),
  }),
  measure({
    name: 'intertable-trends',
    title: 'Pairs across tables',
    section: 'relationships',
    meaning: 'How alike pairs of a parent column and a child column are that go together in the real data.',
    find: part('Intertable Trends'),
  }),
  measure({
    name: 'intertable-trends-threshold-zero',
    title: 'Pairs across tables, all counted',
    section: 'relationships',
    meaning: 'How alike all pairs of a parent column and a child column are.',
    find: part('Intertable Trends', 'zero'),
  }),
  measure({
    name: 'diagnostic-score',
    title: 'Diagnostic score',
    section: 'validity',
    meaning:
      'Whether the table is well formed: values within bounds, known categories, unique keys, same columns.',
    find: (dataset) => figure(total(diagnosticProperties(dataset))),
  }),
  measure({
    name: 'data-validity',
    title: 'Data validity',
    section: 'validity',
    meaning: 'The mean share of values that keep to the real bounds, categories and key rules.',
    find: diagnostic('Data Validity'),
  }),
  measure({
    name: 'data-structure',
    title: 'Data structure',
    section: 'validity',
    meaning: 'The share of columns, by name and kind, that both tables have.',
    find: diagnostic('Data Structure'),
  }),
  measure({
    name: 'relationship-validity',
    title: 'Relationship validity',
    section: 'relationships',
    meaning: 'Whether child records name a parent that exists, and parents have as many children as can be.',
    find: diagnostic('Relationship Validity'),
  }),
];

/** Quality of one table, for controls: the same rule as `quality-score`. */
export function qualityOf(
  table: ComparedDataset['tables'][number],
  regime: Regime,
  edges: MixedEdges = 'own',
): Score {
  const dataset = { tables: [table], relationships: [], intertableTrends: [] };
  return meanScore(
    qualityProperties(dataset, regime, edges).map(({ score }) => score),
    'No part of the report could be computed.',
  );
}
