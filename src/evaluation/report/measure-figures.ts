import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Check, CheckThreshold } from '../check.js';
import type { ComparedDataset } from '../fidelity/relational/compared-dataset.js';
import { notApplicable } from '../score.js';
import type { Score } from '../score.js';
import type { TablePair } from '../fidelity/quality/compared-table.js';
import { measures } from '../registry.js';
import { subjectMeasures } from '../subjects/subject-measures.js';
import type { EvaluationPolicy } from './evaluation-policy.js';
import type { Figure, FigureStatus, ReportFigure } from './report.js';
import type { MeasuredFigure, ReportMeasure } from './report-measure.js';
import { reportMeasures } from './report-measures.js';
import { sequenceColumns } from './sequence-columns.js';
import type { TableComparison } from './table-comparison.js';
import { figureOf } from './usability.js';

interface Measured {
  readonly dataset: ComparedDataset;
  readonly comparisons: readonly TableComparison[];
  readonly tables: readonly TablePair[];
  readonly policy: EvaluationPolicy;
  readonly signal?: AbortSignal;
  /** `share` of the measures done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** Every measure of the report, of each table where it is of one table. Others get their turn after each. */
export async function measureFigures(measured: Measured): Promise<ReportFigure[]> {
  const figures: ReportFigure[][] = [];
  for (const measure of reportMeasures) {
    measured.signal?.throwIfAborted();
    figures.push(figuresOf(measure, measured));
    measured.onProgress?.(figures.length / reportMeasures.length);
    await nextTurn();
  }
  return figures.flat();
}

function figuresOf(
  measure: ReportMeasure,
  { dataset, comparisons, tables, policy }: Measured,
): ReportFigure[] {
  const threshold = Object.hasOwn(policy.measures, measure.name) ? policy.measures[measure.name] : undefined;
  const reported = (found: MeasuredFigure, table?: string): ReportFigure =>
    reportFigure(measure, found, tables.length > 1 ? table : undefined, threshold);
  switch (measure.scope) {
    case 'dataset':
      return [reported(measure.find(dataset))];
    case 'table':
      return comparisons.map((table) => reported(measure.find(table), table.name));
    case 'sequence': {
      const cut = tables.flatMap((pair) => {
        const columns = sequenceColumns(pair);
        return columns ? [reported(measure.find(columns, pair.metadata), pair.name)] : [];
      });
      const none = notApplicable('The metadata name no column that says which rows are one sequence.');
      return cut.length > 0 ? cut : [reported({ score: none })];
    }
  }
}

function reportFigure(
  measure: ReportMeasure,
  { score, reference }: MeasuredFigure,
  table: string | undefined,
  threshold: CheckThreshold | undefined,
): ReportFigure {
  const { name, title, section, direction, range, meaning, source } = measure;
  const figure = figureOf(score);
  return {
    ...{ name, title, section, table, direction, range, meaning, source },
    ...figure,
    ...(reference ? { reference: { label: reference.label, ...figureOf(reference.score) } } : {}),
    ...(threshold ? { threshold: { pass: threshold.pass, fail: threshold.fail } } : {}),
    status: isApplicable(score) ? statusOf(figure, direction, threshold) : 'not judged',
  };
}

function isApplicable(score: Score): boolean {
  return score.value !== null || score.isApplicable !== false;
}

/** What cannot be computed is to be reviewed: a constant table has no correlations, and that is no failure. */
function statusOf(
  figure: Figure,
  direction: ReportFigure['direction'],
  threshold: CheckThreshold | undefined,
): FigureStatus {
  if (!threshold) return 'not judged';
  if (figure.value === null) return 'review';
  const sign = direction === 'lower' ? -1 : 1;
  if (sign * figure.value < sign * threshold.fail) return 'fail';
  return sign * figure.value >= sign * threshold.pass ? 'pass' : 'review';
}

/** A check of the registry, as the report shows it. */
export function checkFigure(check: Check): ReportFigure {
  const { name, direction, threshold, status, explanation, interval } = check;
  const figure: Figure =
    check.value === null
      ? { value: null, reason: explanation }
      : { value: check.value, ...(interval ? { interval } : {}) };
  const measure = [...measures, ...subjectMeasures].find((one) => one.name === name);
  const { section, range, source } = measure?.description ?? {
    section: 'release checks' as const,
    range: direction === 'higher' ? 'higher is better' : 'lower is better',
    source: 'check of a release',
  };
  return {
    ...figure,
    ...{ name, section, direction, range, source },
    title: measure?.description ? measure.title : titleOf(name),
    table: undefined,
    meaning: explanation,
    threshold,
    status,
  };
}

function titleOf(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
