import { UnknownColumnError } from '../../core/schema/unknown-column-error.js';
import type { ColumnSource } from '../../core/table/column-source.js';
import type { Table } from '../../core/table/table.js';
import type { EvaluationContext } from '../evaluation-context.js';
import type { Measure } from '../measure.js';
import { privacyMeasures } from '../privacy/measures.js';
import { sequenceCopies } from './sequence-copies.js';
import type { SubjectContext } from './subject-context.js';
import { summariseSubjects } from './subject-summary.js';

/** The attacks on rows that mean the same on people who are summarised into one row each. */
const onPeople = [
  'exact-copies-above-holdout',
  'near-copies-above-holdout',
  'nearer-to-training',
  'distance-to-closest-record',
  'nearest-neighbour-ratio',
  'membership-by-distance',
  'membership-by-calibrated-distance',
  'membership-by-density',
  'rare-combinations',
  'outliers-reproduced',
];

const contexts = new WeakMap<SubjectContext, EvaluationContext>();

/** What is given away of whole subjects, each of them with all of their rows of all tables. */
export const subjectMeasures: readonly Measure<SubjectContext>[] = [
  sequenceCopies,
  ...privacyMeasures
    .filter(({ name }) => onPeople.includes(name))
    .map((measure): Measure<SubjectContext> => ({
      name: `subject-${measure.name}`,
      title: `Of whole people: ${measure.title}`,
      direction: measure.direction,
      description: {
        section: 'related tables',
        range: measure.direction === 'higher' ? 'higher is better' : 'lower is better',
        meaning: 'The attack on rows, made on people: each is one row of what all of their rows are like.',
        source: measure.description?.source ?? 'as the check of rows',
      },
      run: (context) => measure.run(summaryContext(context)),
    })),
];

/** One context for all measures, which read the tables of a context once. */
function summaryContext(context: SubjectContext): EvaluationContext {
  const known = contexts.get(context);
  if (known) return known;
  const { train, holdout, candidate, seed, signal } = context;
  const { table, schema } = summariseSubjects(train);
  const made = summariseSubjects(candidate).table;
  const never = summariseSubjects(holdout).table;
  const shared = schema.filter(({ name }) => made.columns.has(name) && never.columns.has(name));
  const summarised: EvaluationContext = {
    schema: { columns: shared },
    profile: null,
    seed,
    source: sourceOf(table),
    holdout: sourceOf(never),
    candidate: sourceOf(made),
    rowsRequested: made.rowCount,
    package: {
      manifest: { synthetic: true, label: '', disclaimer: '', files: [] },
      files: [],
      readmeText: '',
    },
    ...(signal ? { signal } : {}),
  };
  contexts.set(context, summarised);
  return summarised;
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
