import type { DisclosureControl } from '../../core/profile/profile.js';
import type { SemanticType } from '../../core/schema/schema.js';
import type { Column } from '../../core/table/table.js';
import type { Check } from '../../evaluation/check.js';
import type { Declared } from '../../evaluation/declared.js';
import type { DetailTable } from '../../evaluation/details/detail-table.js';
import { detailTables } from '../../evaluation/details/detail-tables.js';
import { evaluate } from '../../evaluation/evaluate.js';
import type { Thresholds } from '../../evaluation/evaluate.js';
import type { EvaluationContext } from '../../evaluation/evaluation-context.js';
import { NotComputableError } from '../../evaluation/not-computable-error.js';
import { privacyMeasures } from '../../evaluation/privacy/measures.js';
import { measures } from '../../evaluation/registry.js';
import type { NotTested } from '../../evaluation/report/report.js';
import type { LoadedTable } from './load-comparison.js';
import { sourceOfTable } from './source-of-table.js';

/** Checks that look at a release, its profile or its package, none of which two files have. */
const needRelease: readonly string[] = [
  'schema-validity',
  'profile-small-cells',
  'exact-copies-above-chance',
  'synthetic-label',
];
/** They learn the mechanism again from other rows. */
const needMechanism: readonly string[] = ['membership-of-chosen-people', 'dp-audit'];
const needHoldout: ReadonlySet<string> = new Set(privacyMeasures.map(({ name }) => name));
/** The report has this one as `column-shapes`. */
const alreadyReported: readonly string[] = ['univariate-similarity'];

interface ChecksInput {
  readonly table: LoadedTable;
  readonly declared: Declared;
  readonly seed: string;
  readonly control: DisclosureControl;
}

interface RegistryChecks {
  readonly checks: readonly Check[];
  readonly details: readonly DetailTable[];
  readonly notTested: readonly NotTested[];
}

/** Runs every check of the registry that two tables and a holdout suffice for, judged by the policy of a release. */
export async function registryChecks(
  { table, declared, seed, control }: ChecksInput,
  thresholds: Thresholds,
  onCrash: (check: string) => void,
): Promise<RegistryChecks> {
  const context = { ...contextOf(table, declared, seed, onCrash), cellCountFloor: control.cellCountMin };
  const reasons: { readonly name: string; readonly title: string; readonly why: string | null }[] = [];
  for (const measure of measures) {
    const { name, title } = measure;
    if (alreadyReported.includes(name)) continue;
    const why = whyNot(name, table, thresholds) ?? (await measure.whyNotAsked?.(context)) ?? null;
    reasons.push({ name, title, why });
  }
  const runnable = new Set(reasons.filter(({ why }) => why === null).map(({ name }) => name));
  const wanted = Object.fromEntries(Object.entries(thresholds).filter(([name]) => runnable.has(name)));
  const checks = await evaluate(context, wanted);
  return {
    checks,
    details: await detailTables(context, runnable, control),
    notTested: reasons.flatMap(({ title, why }) => (why === null ? [] : [{ what: title, why }])),
  };
}

/** Why a check cannot be run on two files, or null. */
function whyNot(name: string, { holdout }: LoadedTable, thresholds: Thresholds): string | null {
  if (needRelease.includes(name)) return 'It looks at a release and its profile, not at two files.';
  if (needMechanism.includes(name))
    return 'It has the mechanism learn again from other rows, and there are only files.';
  if (needHoldout.has(name) && !holdout)
    return 'It compares with people whom the generator has not seen; give their rows as the holdout.';
  return Object.hasOwn(thresholds, name) ? null : 'The policy sets no threshold for it.';
}

function contextOf(
  table: LoadedTable,
  declared: Declared,
  seed: string,
  onCrash: (check: string) => void,
): EvaluationContext {
  const shared = [...table.real.columns].filter(([name]) => table.synthetic.columns.has(name));
  return {
    schema: {
      columns: shared.map(([name, column]) => ({ name, type: typeOf(column), missingMarkers: [] })),
    },
    profile: null,
    declared,
    seed,
    source: sourceOfTable(table.real),
    holdout: table.holdout ? sourceOfTable(table.holdout) : null,
    candidate: sourceOfTable(table.synthetic),
    rowsRequested: table.synthetic.rowCount,
    package: {
      manifest: { synthetic: true, label: '', disclaimer: '', files: [] },
      files: [],
      readmeText: '',
    },
    onCheckCrash: (check, error) => {
      // A figure that does not exist says so itself.
      if (!(error instanceof NotComputableError)) onCrash(check);
    },
  };
}

function typeOf({ kind }: Column): SemanticType {
  return kind === 'text' ? 'identifier' : kind;
}
