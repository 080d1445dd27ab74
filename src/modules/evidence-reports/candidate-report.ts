import { disclosedCount } from '../../core/profile/disclosed-count.js';
import type { DisclosureControl } from '../../core/profile/profile.js';
import { drawRows } from '../../core/random/draw-rows.js';
import { Random } from '../../core/random/random.js';
import type { ColumnSource } from '../../core/table/column-source.js';
import { loadTable } from '../../core/table/load-table.js';
import { selectRows } from '../../core/table/select-rows.js';
import type { Table } from '../../core/table/table.js';
import type { Check } from '../../evaluation/check.js';
import { detailTables } from '../../evaluation/details/detail-tables.js';
import type { EvaluationContext } from '../../evaluation/evaluation-context.js';
import { countText } from '../../evaluation/figure.js';
import { buildReport, type ReportRequest } from '../../evaluation/report/build-report.js';
import type { NotTested, Report, ReportInput } from '../../evaluation/report/report.js';
import type { Policy } from '../policy/index.js';

/** Rows of each table that are compared; of larger ones as many are drawn. */
const comparedRowsMax = 20_000;

interface ReportedCandidate {
  /** Null where the candidate was made from no extract. */
  readonly compared: EvaluationContext | null;
  readonly checks: readonly Check[];
  readonly hashes: { readonly source: string; readonly candidate: string };
  readonly summary: string;
  readonly policy: Pick<Policy, 'disclosure' | 'evaluation'>;
  readonly signal: AbortSignal;
  readonly onProgress: (share: number) => void;
}

const likenessStopsNothing =
  'The verdict of this report counts, beside the checks that let a release through or stop it, measures of likeness that stop nothing: people weigh them.';

/** The evidence report of a candidate: its checks as they ran, and what comparing it with the real rows adds. */
export async function candidateReport(reported: ReportedCandidate): Promise<Report> {
  const { compared, checks, hashes, summary, policy, signal, onProgress } = reported;
  const control = controlOf(compared, policy.disclosure);
  const found = compared?.source
    ? await comparison(compared, hashes, control)
    : { tables: [], inputs: [], notTested: [] };
  const measured = new Set(checks.filter(({ value }) => value !== null).map(({ name }) => name));
  return buildReport({
    ...found,
    relationships: [],
    policy: policy.evaluation.policy,
    policySha256: policy.evaluation.sha256,
    control,
    checks,
    details: compared ? await detailTables(compared, measured, control) : [],
    opening: [summary, likenessStopsNothing],
    // Known to nobody who could choose the candidate by it.
    seed: hashes.candidate,
    signal,
    onProgress,
  });
}

/** The stricter of what is in force now and what the candidate was made under. */
function controlOf(compared: EvaluationContext | null, inForce: DisclosureControl): DisclosureControl {
  const { cellCountMin = 0, countRounding = 0 } = compared?.profile?.disclosureControl ?? {};
  return {
    ...inForce,
    cellCountMin: Math.max(inForce.cellCountMin, cellCountMin),
    countRounding: Math.max(inForce.countRounding, countRounding),
  };
}

type Comparison = Pick<ReportRequest, 'tables' | 'inputs' | 'notTested'>;

async function comparison(
  { source, holdout, candidate, schema }: EvaluationContext,
  hashes: ReportedCandidate['hashes'],
  control: DisclosureControl,
): Promise<Comparison> {
  const names = schema.columns.map(({ name }) => name);
  const random = Random.fromSeed(hashes.candidate).fork('rows of the report');
  const sides = { real: source, holdout, synthetic: candidate };
  const tables = new Map<string, Table>();
  const inputs: ReportInput[] = [];
  const notTested: NotTested[] = [];
  for (const [role, rows] of Object.entries(sides)) {
    if (!rows) continue;
    tables.set(role, await loadTable(drawn(rows, random.fork(role)), names));
    const sha256 = role === 'synthetic' ? hashes.candidate : hashes.source;
    const shown = disclosedCount(rows.rowCount, control);
    inputs.push({ role, table: tableName, sha256, rows: shown, columns: names.length });
    if (rows.rowCount > comparedRowsMax) notTested.push(someRows(role, shown));
  }
  const [real, held, synthetic] = [tables.get('real'), tables.get('holdout'), tables.get('synthetic')];
  if (!real || !synthetic) return { tables: [], inputs, notTested };
  const table = { name: tableName, real, synthetic, metadata: {}, ...(held ? { holdout: held } : {}) };
  return { tables: [table], inputs, notTested };
}

const tableName = 'table';

function drawn(rows: ColumnSource, random: Random): ColumnSource {
  return rows.rowCount <= comparedRowsMax
    ? rows
    : selectRows(rows, drawRows(rows.rowCount, comparedRowsMax, random));
}

function someRows(role: string, rows: number): NotTested {
  return {
    what: `All rows of the ${role} table`,
    why: `Of about ${countText(rows)} rows ${countText(comparedRowsMax)} were drawn for the measures of likeness; the checks looked at all.`,
  };
}
