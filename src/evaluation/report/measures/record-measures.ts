import { statisticOf } from '../../fidelity/columns/statistic-similarity.js';
import { drawRows } from '../../../core/random/draw-rows.js';
import type { Random } from '../../../core/random/random.js';
import type { Feature } from '../../fidelity/encoding/features.js';
import { hasRecordsFor, propensity } from '../../fidelity/propensity/propensity.js';
import type { Propensity } from '../../fidelity/propensity/propensity.js';
import { gridOverlap } from '../../fidelity/similarity/grid-overlap.js';
import { projectBoth } from '../../fidelity/similarity/principal-components.js';
import { overfittingProtection } from '../../privacy/sdmetrics/dcr-scores.js';
import { distanceToClosest } from '../../privacy/sdmetrics/distance-to-closest-record.js';
import { newRowSynthesis } from '../../privacy/sdmetrics/new-row-synthesis.js';
import { noScore, notApplicable, scoreOf } from '../../score.js';
import type { Score } from '../../score.js';
import { wilsonInterval } from '../../wilson-interval.js';
import type { MeasuredFigure, TableMeasure } from '../report-measure.js';
import type { TableComparison } from '../table-comparison.js';

type Described = Omit<TableMeasure, 'scope' | 'section'> & Partial<Pick<TableMeasure, 'section'>>;
const measure = (rest: Described): TableMeasure => ({ scope: 'table', section: 'whole records', ...rest });

const nothingVaries = 'No column varies, so there is nothing to tell the tables apart by.';

function propensityFigure(pick: (found: Propensity) => MeasuredFigure) {
  return (table: TableComparison): MeasuredFigure => {
    const features = drawFeatures(table.features(), table.random.fork('features'));
    if (!hasRecordsFor(features)) return { score: noScore('There are too few records for so many columns.') };
    const found = propensity(features);
    return found ? pick(found) : { score: noScore(nothingVaries) };
  };
}

/** A model of more features takes minutes; of wide tables it sees this many, drawn at random. */
const featuresMax = 150;

function drawFeatures(features: readonly Feature[], random: Random): Feature[] {
  return Array.from(drawRows(features.length, featuresMax, random)).flatMap((at) => features[at] ?? []);
}

/** Of a holdout of the same columns, when there is one. */
function holdoutAuc(table: TableComparison): Score | null {
  const all = table.holdoutFeatures();
  if (!all) return null;
  const features = drawFeatures(all, table.random.fork('features'));
  const found = hasRecordsFor(features) ? propensity(features) : null;
  return found ? scoreOf(found.auc) : null;
}

const medianDistance = (variables: Parameters<typeof distanceToClosest>[0]): Score =>
  variables.length === 0
    ? noScore('No column could be compared.')
    : scoreOf(statisticOf('median', distanceToClosest(variables)), 'A table has no row.');

/** Measures of whole records: can a model tell the tables apart, do they lie in the same place, how near do they come. */
export const recordMeasures: readonly TableMeasure[] = [
  measure({
    name: 'propensity-auc',
    title: 'A model tells synthetic from real',
    section: 'headline',
    isControlled: true,
    direction: 'lower',
    range: '0.5 to 1',
    source: 'Logistic regression, main effects (as SDMetrics LogisticDetection)',
    meaning:
      'How often a simple model ranks a synthetic record above a real one; 0.5 is chance. It sees no interactions, so a good figure clears nothing.',
    find: (table) => {
      const holdout = holdoutAuc(table);
      return propensityFigure(({ auc }) => ({
        score: scoreOf(auc),
        ...(holdout ? { reference: { label: 'holdout against the same real records', score: holdout } } : {}),
      }))(table);
    },
  }),
  measure({
    name: 'propensity-pmse',
    title: 'pMSE',
    direction: 'lower',
    range: '0 to 0.25',
    source: 'Woo et al. 2009; Snoke et al. 2018',
    meaning:
      'How far a simple model can tell synthetic from real records, beside what chance alone would show.',
    find: propensityFigure(({ pmse, nullMean }) => ({
      score: scoreOf(pmse),
      reference: { label: 'expected by chance', score: scoreOf(nullMean) },
    })),
  }),
  measure({
    name: 'propensity-pmse-ratio',
    title: 'pMSE over its expectation',
    isControlled: true,
    direction: 'lower',
    range: '0 and more',
    source: 'Snoke et al. 2018',
    meaning:
      'pMSE in units of what chance alone would show: near 1 is as good as it gets, under 10 is usable.',
    find: propensityFigure(({ ratio }) => ({
      score: scoreOf(ratio),
      reference: { label: 'expected by chance', score: { value: 1 } },
    })),
  }),
  measure({
    name: 'pca-overlap',
    title: 'Overlap on the principal components',
    direction: 'higher',
    isControlled: true,
    range: '0 to 1',
    source: 'UCLH framework, Annex 3 (components of the real table only)',
    meaning:
      'How much the two clouds of records overlap in the two directions in which the real records vary most.',
    find: (table) => {
      const projected = projectBoth(table.features());
      return { score: projected ? gridOverlap(projected) : noScore(nothingVaries) };
    },
  }),
  measure({
    name: 'pca-variance-difference',
    title: 'Variance along the principal components',
    direction: 'lower',
    range: '0 to 1',
    source: 'UCLH framework, Annex 3',
    meaning: 'How far the share of variance along the two real components differs from the real one.',
    find: (table) => {
      const projected = projectBoth(table.features());
      if (!projected) return { score: noScore(nothingVaries) };
      const sum = ([first, second]: readonly [number, number]): number => first + second;
      const difference = Math.abs(sum(projected.realShare) - sum(projected.syntheticShare));
      return { score: scoreOf(difference, 'The synthetic records do not vary.') };
    },
  }),
  measure({
    name: 'gower-distance-median',
    title: 'Gower distance to the nearest real record',
    section: 'closeness',
    direction: 'near-reference',
    range: '0 to 1',
    source: 'Gower 1971; UCLH framework, Annex 3; SDMetrics 0.29 distance to closest record',
    meaning:
      'How far the typical synthetic record is from the nearest real one. Nearer than new real patients are is a sign of copying; it proves nothing when it is not.',
    find: (table) => {
      const { syntheticToReal, holdout } = table.nearness();
      const score = medianDistance(syntheticToReal);
      if (!holdout) return { score };
      return {
        score,
        reference: { label: 'records of the holdout', score: medianDistance(holdout.holdoutToReal) },
      };
    },
  }),
  measure({
    name: 'dcr-overfitting-protection',
    title: 'Nearer to training than to holdout records',
    section: 'closeness',
    direction: 'higher',
    range: '0 to 1',
    source: 'SDMetrics 0.29 DCROverfittingProtection',
    meaning:
      '1 when at most half of the synthetic records are nearer to the training records than to a holdout of the same size; a pass does not prove that records are safe.',
    find: (table) => {
      const { syntheticToReal, holdout } = table.nearness();
      if (!holdout) return { score: notApplicable('No holdout with the same columns was given.') };
      const score = overfittingProtection(
        distanceToClosest(syntheticToReal),
        distanceToClosest(holdout.syntheticToHoldout),
      );
      return { score };
    },
  }),
  measure({
    name: 'new-row-synthesis',
    title: 'Rows that match no real row',
    section: 'closeness',
    direction: 'higher',
    range: '0 to 1',
    source: 'SDMetrics 0.29 NewRowSynthesis, tolerance 1 %',
    meaning:
      'The share of synthetic rows that no real row equals, numbers within one per cent counting as equal.',
    find: (table) => {
      const { score, newRows, matchedRows } = newRowSynthesis(table.variables, 0.01);
      if (score.value === null) return { score };
      return { score: { ...score, interval: wilsonInterval(newRows, newRows + matchedRows) } };
    },
  }),
];
