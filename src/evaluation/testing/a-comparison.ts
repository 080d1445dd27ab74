import type { ColumnSource } from '../../core/table/column-source.js';
import type { Column } from '../../core/table/table.js';
import type { EvaluationContext } from '../evaluation-context.js';
import { aPackage } from './an-evaluation.js';
import { sourceOf } from './columns.js';

type Columns = Readonly<Record<string, Column>>;

/** An evaluation of tier HIGH over all columns of the training rows. */
export function aComparison(
  tables: { readonly train: Columns; readonly holdout: Columns; readonly candidate: Columns },
  more: Partial<EvaluationContext> = {},
): EvaluationContext {
  const candidate: ColumnSource = sourceOf(tables.candidate);
  const columns = Object.entries(tables.train).map(([name, { kind }]) => ({
    name,
    type: kind === 'text' ? ('free-text' as const) : kind,
    missingMarkers: [],
  }));
  return {
    schema: { columns },
    profile: null,
    source: sourceOf(tables.train),
    holdout: sourceOf(tables.holdout),
    candidate,
    rowsRequested: candidate.rowCount,
    package: aPackage(),
    ...more,
  };
}
