import { meanScore } from '../../score.js';
import type { Score } from '../../score.js';
import { validityScore } from '../quality/diagnostic-report.js';
import { trendThresholds } from '../quality/pair-trend.js';
import type { MixedEdges } from '../quality/pair-trend.js';
import { shapesScore, trendsScore } from '../quality/quality-report.js';
import type { ComparedDataset, ComparedRelationship } from './compared-dataset.js';
import {
  cardinalityBoundaryAdherence,
  cardinalityShapeSimilarity,
  referentialIntegrity,
} from './relationship-scores.js';
import type { RelationshipKeys } from './relationship-keys.js';

/** One part of an SDMetrics report. */
export interface ReportProperty {
  readonly name: string;
  readonly score: Score;
}

/** SDMetrics 0.29 QualityReport: the columns, pairs and relationships of all tables pooled. */
export function qualityProperties(
  { tables, relationships, intertableTrends }: ComparedDataset,
  regime: keyof typeof trendThresholds,
  mixedEdges: MixedEdges,
): ReportProperty[] {
  const rule = { thresholds: trendThresholds[regime], mixedEdges };
  const single = [
    { name: 'Column Shapes', score: shapesScore(tables.flatMap(({ shapes }) => shapes)) },
    {
      name: 'Column Pair Trends',
      score: trendsScore(
        tables.flatMap(({ trends }) => trends),
        rule,
      ),
    },
  ];
  if (relationships.length === 0) return single;
  const between = intertableTrends.map(({ trend }) => trend);
  return [
    ...single,
    { name: 'Cardinality', score: relationshipMean(relationships, [cardinalityShapeSimilarity]) },
    { name: 'Intertable Trends', score: trendsScore(between, rule) },
  ];
}

/** SDMetrics 0.29 DiagnosticReport. */
export function diagnosticProperties({ tables, relationships }: ComparedDataset): ReportProperty[] {
  const structures = tables.map(({ structure }) => structure);
  const single = [
    { name: 'Data Validity', score: validityScore(tables.flatMap(({ validity }) => validity)) },
    { name: 'Data Structure', score: meanScore(structures, 'There is no table.') },
  ];
  if (relationships.length === 0) return single;
  const measures = [referentialIntegrity, cardinalityBoundaryAdherence];
  return [...single, { name: 'Relationship Validity', score: relationshipMean(relationships, measures) }];
}

type RelationshipMeasure = (real: RelationshipKeys, synthetic: RelationshipKeys) => Score;

function relationshipMean(
  relationships: readonly ComparedRelationship[],
  measures: readonly RelationshipMeasure[],
): Score {
  const scores = relationships.flatMap(({ keys }) =>
    measures.map((measure) => ('reason' in keys ? keys : measure(keys.real, keys.synthetic))),
  );
  return meanScore(scores, 'No relationship could be compared.');
}
