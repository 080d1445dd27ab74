import type { DuckDb } from '../../core/files/duckdb.js';
import { countingOf } from './count-check.js';
import type { CheckResult } from './run-checks.js';

/** One check, under the names that DataQualityDashboard gives its results; flags are 0 or 1. */
export interface ReportedCheck {
  readonly checkId: string;
  readonly checkName: string;
  readonly checkLevel: string;
  readonly checkDescription: string;
  readonly cdmTableName: string;
  readonly cdmFieldName: string | null;
  readonly conceptId: string | null;
  readonly unitConceptId: string | null;
  readonly category: string;
  readonly subcategory: string | null;
  readonly context: string;
  readonly severity: string;
  readonly numViolatedRows: number | null;
  /** A share, not percent. */
  readonly pctViolatedRows: number | null;
  readonly numDenominatorRows: number | null;
  /** Percent. */
  readonly thresholdValue: number | null;
  readonly notesValue: string | null;
  readonly failed: 0 | 1;
  readonly passed: 0 | 1;
  readonly isError: 0 | 1;
  readonly notApplicable: 0 | 1;
  readonly notApplicableReason: string | null;
  readonly error: string | null;
  /** What was counted; checks of one table share a scan. */
  readonly queryText: string | null;
}

type Category = 'Plausibility' | 'Conformance' | 'Completeness';

/** Counts over all checks. As the dashboard counts, `countPassed` are those that did not fail. */
type ReportOverview = Readonly<
  Record<
    | 'countTotal'
    | 'countPassed'
    | 'countErrorFailed'
    | 'countThresholdFailed'
    | 'countOverallFailed'
    | 'percentPassed'
    | 'percentFailed'
    | 'countNotApplicable'
    | `count${'Total' | 'Failed' | 'Passed'}${Category}`,
    number
  >
>;

export interface OmopQualityReport {
  readonly startTimestamp: string;
  readonly endTimestamp: string;
  readonly executionTimeSeconds: number;
  readonly CheckResults: readonly ReportedCheck[];
  /** The row of cdm_source, and where the checks come from. */
  readonly Metadata: readonly Readonly<Record<string, string | null>>[];
  readonly Overview: ReportOverview;
}

/** The version of the tables of checks in `content/omop/dqd`. */
const checksVersion = '2.8.4';

export interface ReportTimes {
  readonly started: Date;
  readonly ended: Date;
  /** ISO date that the checks took for today. */
  readonly today: string;
}

/** The results in the shape of DataQualityDashboard's JSON file. */
export async function buildReport(
  db: DuckDb,
  results: readonly CheckResult[],
  { started, ended, today }: ReportTimes,
): Promise<OmopQualityReport> {
  const checks = results.map((result) => reportOne(result, today));
  return {
    startTimestamp: started.toISOString(),
    endTimestamp: ended.toISOString(),
    executionTimeSeconds: (ended.getTime() - started.getTime()) / 1000,
    CheckResults: checks,
    Metadata: [{ ...(await sourceOf(db)), dqdVersion: checksVersion }],
    Overview: overviewOf(checks),
  };
}

function reportOne({ check, counts, verdict }: CheckResult, today: string): ReportedCheck {
  const { kind, table, field, row, threshold, notes } = check;
  const { violated, denominator } = counts;
  const isCounted = verdict.status === 'passed' || verdict.status === 'failed';
  const [conceptId, unitConceptId] = [row['conceptId'] ?? '', row['unitConceptId'] ?? ''];
  const id = [kind.level, kind.name, table, field ?? '', conceptId, unitConceptId];
  return {
    checkId: id
      .filter((part) => part !== '')
      .join('_')
      .replaceAll(' ', '')
      .toLowerCase(),
    checkName: kind.name,
    checkLevel: kind.level,
    checkDescription: describe(kind.description, row),
    cdmTableName: table.toUpperCase(),
    cdmFieldName: field?.toUpperCase() ?? null,
    conceptId: orNull(conceptId),
    unitConceptId: orNull(unitConceptId),
    category: kind.category,
    subcategory: orNull(kind.subcategory),
    context: kind.context,
    severity: kind.severity,
    numViolatedRows: isCounted ? violated : null,
    pctViolatedRows: isCounted ? (denominator === 0 ? 0 : violated / denominator) : null,
    numDenominatorRows: isCounted ? denominator : null,
    thresholdValue: threshold,
    notesValue: orNull(notes),
    failed: flag(verdict.status === 'failed'),
    passed: flag(verdict.status === 'passed'),
    isError: flag(verdict.status === 'error'),
    notApplicable: flag(verdict.status === 'not-applicable'),
    notApplicableReason: verdict.status === 'not-applicable' ? verdict.reason : null,
    error: verdict.status === 'error' ? verdict.reason : null,
    queryText: queryOf(check, today),
  };
}

function describe(description: string, row: CheckResult['check']['row']): string {
  return description.replace(/@(\w+)/g, (name, column: string) => row[column]?.toUpperCase() ?? name);
}

/** What a check counts; those over concepts, units and cells are counted outside of SQL. */
function queryOf(check: CheckResult['check'], today: string): string | null {
  const counting = countingOf(check, today);
  if (counting.from === 'query') return counting.sql.replace(/\s+/g, ' ').trim();
  if (counting.from !== 'rows') return null;
  const joins = counting.joins.map(({ sql }) => sql.replace(/\s+/g, ' ')).join(' ');
  return `SELECT ${counting.violated}, ${counting.denominator} FROM ${check.table} AS t ${joins}`.trim();
}

async function sourceOf(db: DuckDb): Promise<Record<string, string | null>> {
  const [row = {}] = await db.query('SELECT * FROM cdm_source LIMIT 1');
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      value === null ? null : String(value),
    ]),
  );
}

function overviewOf(checks: readonly ReportedCheck[]): ReportOverview {
  const count = (test: (check: ReportedCheck) => boolean): number => checks.filter(test).length;
  const [total, failed] = [checks.length, count((check) => check.failed === 1)];
  const percent = (part: number): number => (total === 0 ? 0 : Math.round((10_000 * part) / total) / 100);
  const of = (category: Category, test: (check: ReportedCheck) => boolean): number =>
    count((check) => check.category === category && test(check));
  const isFailed = (check: ReportedCheck): boolean => check.failed === 1;
  const isPassed = (check: ReportedCheck): boolean => check.passed === 1;
  return {
    countTotal: total,
    countPassed: total - failed,
    countErrorFailed: count((check) => check.isError === 1),
    countThresholdFailed: failed,
    countOverallFailed: failed,
    percentPassed: percent(total - failed),
    percentFailed: percent(failed),
    countNotApplicable: count((check) => check.notApplicable === 1),
    countTotalPlausibility: of('Plausibility', () => true),
    countTotalConformance: of('Conformance', () => true),
    countTotalCompleteness: of('Completeness', () => true),
    countFailedPlausibility: of('Plausibility', isFailed),
    countFailedConformance: of('Conformance', isFailed),
    countFailedCompleteness: of('Completeness', isFailed),
    countPassedPlausibility: of('Plausibility', isPassed),
    countPassedConformance: of('Conformance', isPassed),
    countPassedCompleteness: of('Completeness', isPassed),
  };
}

function orNull(text: string): string | null {
  return text === '' ? null : text;
}

function flag(is: boolean): 0 | 1 {
  return is ? 1 : 0;
}
