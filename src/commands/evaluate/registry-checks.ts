import { UnknownColumnError } from '../../core/schema/unknown-column-error.js';
import type { SemanticType } from '../../core/schema/schema.js';
import type { ColumnSource } from '../../core/table/column-source.js';
import type { Column, Table } from '../../core/table/table.js';
import type { Check } from '../../evaluation/check.js';
import { evaluate } from '../../evaluation/evaluate.js';
import type { Thresholds } from '../../evaluation/evaluate.js';
import type { EvaluationContext } from '../../evaluation/evaluation-context.js';
import { measures } from '../../evaluation/registry.js';
import type { NotTested } from '../../evaluation/report/report.js';
import type { LoadedTable } from './load-comparison.js';

/** Checks that look at a release, its profile or its package, none of which two files have. */
const needRelease: readonly string[] = [
  'schema-validity',
  'profile-small-cells',
  'exact-copies-above-chance',
  'synthetic-label',
];
/** The report has this one as `column-shapes`. */
const alreadyReported: readonly string[] = ['univariate-similarity'];

export interface RegistryChecks {
  readonly checks: readonly Check[];
  readonly notTested: readonly NotTested[];
}

/** Runs every check of the registry that two tables and a holdout suffice for, judged by the policy of a release. */
export async function registryChecks(
  table: LoadedTable,
  thresholds: Thresholds,
  onCrash: (check: string) => void,
): Promise<RegistryChecks> {
  const skipped = new Set([...needRelease, ...alreadyReported]);
  const runnable = measures.filter(({ name }) => !skipped.has(name) && Object.hasOwn(thresholds, name));
  const unjudged = measures.filter(({ name }) => !skipped.has(name) && !Object.hasOwn(thresholds, name));
  const wanted = Object.fromEntries(
    Object.entries(thresholds).filter(([name]) => runnable.some((measure) => measure.name === name)),
  );
  const checks = await evaluate(contextOf(table, onCrash), wanted, runnable);
  const notTested = [
    ...measures
      .filter(({ name }) => needRelease.includes(name))
      .map(({ title }) => ({ what: title, why: 'It looks at a release and its profile, not at two files.' })),
    ...unjudged.map(({ title }) => ({ what: title, why: 'The policy sets no threshold for it.' })),
  ];
  return { checks, notTested };
}

function contextOf(table: LoadedTable, onCrash: (check: string) => void): EvaluationContext {
  const shared = [...table.real.columns].filter(([name]) => table.synthetic.columns.has(name));
  return {
    schema: {
      columns: shared.map(([name, column]) => ({ name, type: typeOf(column), missingMarkers: [] })),
    },
    profile: null,
    source: sourceOf(table.real),
    holdout: table.holdout ? sourceOf(table.holdout) : null,
    candidate: sourceOf(table.synthetic),
    rowsRequested: table.synthetic.rowCount,
    package: {
      manifest: { synthetic: true, label: '', disclaimer: '', files: [] },
      files: [],
      readmeText: '',
    },
    onCheckCrash: onCrash,
  };
}

function typeOf({ kind }: Column): SemanticType {
  return kind === 'text' ? 'identifier' : kind;
}

function sourceOf({ rowCount, columns }: Table): ColumnSource {
  const columnNames = [...columns.keys()];
  return {
    rowCount,
    columnNames,
    column: (name) => {
      const column = columns.get(name);
      return column ? Promise.resolve(column) : Promise.reject(new UnknownColumnError(name, columnNames));
    },
  };
}
