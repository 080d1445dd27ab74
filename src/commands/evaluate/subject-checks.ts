import type { Table } from '../../core/table/table.js';
import type { Check } from '../../evaluation/check.js';
import { runChecks } from '../../evaluation/evaluate.js';
import type { Thresholds } from '../../evaluation/evaluate.js';
import { NotComputableError } from '../../evaluation/not-computable-error.js';
import type { NotTested } from '../../evaluation/report/report.js';
import { subjectMeasures } from '../../evaluation/subjects/subject-measures.js';
import type { SubjectTables } from '../../evaluation/subjects/subject-tables.js';
import { StartRefused } from '../start-refused.js';
import type { LoadedComparison, LoadedTable } from './load-comparison.js';

interface SubjectChecks {
  readonly checks: readonly Check[];
  readonly notTested: readonly NotTested[];
}

interface SubjectChecksInput {
  readonly loaded: Pick<LoadedComparison, 'tables' | 'relationships'>;
  /** The table with one row for each subject, where it was named. */
  readonly subjects: string | undefined;
  readonly seed: string;
}

const what = 'Privacy of whole people';

/**
 * Checks of several tables that belong together: what is given away of people with all of their rows.
 * @throws {StartRefused} when the table of subjects is not there
 */
export async function subjectChecks(
  { loaded: { tables, relationships }, subjects, seed }: SubjectChecksInput,
  thresholds: Thresholds,
  onCrash: (check: string) => void,
): Promise<SubjectChecks> {
  if (subjects !== undefined && !tables.some(({ name }) => name === subjects))
    throw new StartRefused(`There is no table "${subjects}", which "subjects" names.`);
  const root = subjects ?? onlyRoot(tables, relationships);
  if (root === null)
    return untested(
      'Say which table has one row for each subject (--subjects): none or several have no parent.',
    );
  const sides = (['real', 'holdout', 'synthetic'] as const).map((role) => sideOf(tables, role));
  const [real, holdout, synthetic] = sides;
  if (!real || !synthetic) return untested('Not all tables are there.');
  if (!holdout)
    return untested(
      'It compares with people whom the generator has not seen; give their tables as the holdout.',
    );
  const relations = relationships.map(({ parent, parentKey, child, foreignKey }) => ({
    ...{ parent, parentKey: [parentKey] },
    ...{ child, foreignKey: [foreignKey] },
  }));
  const side = (read: ReadonlyMap<string, Table>): SubjectTables => ({
    tables: read,
    relations,
    subjects: root,
  });
  const context = {
    ...{ train: side(real), holdout: side(holdout), candidate: side(synthetic), seed },
    onCheckCrash: (check: string, error: unknown) => {
      if (!(error instanceof NotComputableError)) onCrash(check);
    },
  };
  return { checks: await runChecks(context, thresholds, subjectMeasures), notTested: [] };
}

function untested(why: string): SubjectChecks {
  return { checks: [], notTested: [{ what, why }] };
}

function onlyRoot(
  tables: readonly LoadedTable[],
  relationships: LoadedComparison['relationships'],
): string | null {
  const parents = tables.filter(
    ({ name }) =>
      relationships.some(({ parent }) => parent === name) &&
      !relationships.some(({ child }) => child === name),
  );
  const [only, ...others] = parents;
  return only && others.length === 0 ? only.name : null;
}

function sideOf(
  tables: readonly LoadedTable[],
  role: 'real' | 'holdout' | 'synthetic',
): ReadonlyMap<string, Table> | null {
  const side = new Map<string, Table>();
  for (const table of tables) {
    const own = table[role];
    if (!own) return null;
    side.set(table.name, own);
  }
  return side;
}
