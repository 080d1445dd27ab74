import type { DisclosureControl } from '../../core/profile/profile.js';
import { Random } from '../../core/random/random.js';
import type { Table } from '../../core/table/table.js';
import type { Check } from '../check.js';
import type { DetailTable } from '../details/detail-table.js';
import type { TablePair } from '../fidelity/quality/compared-table.js';
import type { Relationship } from '../fidelity/quality/table-metadata.js';
import { compareDataset } from '../fidelity/relational/compared-dataset.js';
import { toVariable } from '../fidelity/variable.js';
import type { Variable } from '../fidelity/variable.js';
import { cloudOf } from './cloud.js';
import { columnVerdicts } from './column-verdicts.js';
import { controlFigures } from './controls.js';
import type { EvaluationPolicy } from './evaluation-policy.js';
import { limitsOf } from './limits.js';
import { checkFigure, measureFigures } from './measure-figures.js';
import { alwaysNotTested, verdictOf } from './plain-words.js';
import type { ComparedWith } from './plain-words.js';
import { pairVerdicts } from './pair-verdicts.js';
import type {
  Cloud,
  ColumnVerdict,
  ControlFigures,
  NotTested,
  PairVerdict,
  Report,
  ReportDetail,
  ReportInput,
} from './report.js';
import { tableComparison } from './table-comparison.js';
import type { TableComparison } from './table-comparison.js';
import { figureOf } from './usability.js';

interface ReportTable extends TablePair {
  readonly holdout?: Table;
}

export interface ReportRequest {
  /** None where there is nothing real to compare with: the report then says what the checks found. */
  readonly tables: readonly ReportTable[];
  readonly relationships: readonly Relationship[];
  readonly inputs: readonly ReportInput[];
  readonly policy: EvaluationPolicy;
  readonly policySha256: string;
  readonly control: DisclosureControl;
  /** Checks of the registry that ran on the same tables, of privacy above all. */
  readonly checks: readonly Check[];
  readonly details: readonly DetailTable[];
  readonly notTested: readonly NotTested[];
  /** Paragraphs that stand before all that the report says of itself. */
  readonly opening?: readonly string[];
  readonly seed: string;
  readonly signal?: AbortSignal;
  /** `share` of the measures done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** Compares all tables and judges by the policy. Counts in it obey `control`; no figure is absent without a reason. */
export async function buildReport(request: ReportRequest): Promise<Report> {
  const { tables, relationships, policy, control, seed, signal, onProgress } = request;
  const dataset = compareDataset(tables, relationships, signal);
  const random = Random.fromSeed(seed);
  const columns: ColumnVerdict[][] = [];
  const pairs: PairVerdict[][] = [];
  const controls: ControlFigures[][] = [];
  const clouds: Cloud[][] = [];
  const comparisons: TableComparison[] = [];
  for (const [at, pair] of tables.entries()) {
    signal?.throwIfAborted();
    const figures = dataset.tables[at];
    if (!figures) continue;
    const { variables, leftOut, trends } = figures;
    const moments = momentsOf(pair.real);
    const holdout = pair.holdout ? variablesOf(pair.holdout) : null;
    const table = { name: pair.name, variables, holdout, moments, random: random.fork(pair.name) };
    const comparison = tableComparison(table);
    comparisons.push(comparison);
    const judged = { table: pair.name, variables, leftOut, moments };
    columns.push(await columnVerdicts(judged, policy, control));
    pairs.push(pairVerdicts(pair.name, trends, comparison.associations(), policy));
    controls.push(controlFigures({ ...table, table: pair.name, random: table.random.fork('controls') }));
    clouds.push(cloudOf(pair.name, comparison.features(), control));
  }
  const run = { ...(signal ? { signal } : {}), ...(onProgress ? { onProgress } : {}) };
  const measured =
    tables.length === 0 ? [] : await measureFigures({ dataset, comparisons, tables, policy, ...run });
  const figures = [...measured, ...request.checks.map(checkFigure)];
  const judged = { columns: columns.flat(), pairs: pairs.flat(), controls: controls.flat() };
  const compared = comparedWithWhat(tables);
  return {
    version: 1,
    title: 'Evaluation of synthetic data',
    inputs: request.inputs,
    policy: {
      sha256: request.policySha256,
      cellCountMin: control.cellCountMin,
      countRounding: control.countRounding,
    },
    seed,
    verdict: verdictOf({ figures, ...judged, compared, opening: request.opening ?? [] }),
    figures,
    ...judged,
    clouds: clouds.flat(),
    details: request.details.map(detailOf),
    limits: limitsOf(figures, request.checks, policy),
    notTested: [...request.notTested, ...alwaysNotTested(compared)],
  };
}

function comparedWithWhat(tables: readonly ReportTable[]): ComparedWith {
  if (tables.length === 0) return 'nothing real';
  return tables.every(({ holdout }) => holdout !== undefined) ? 'real and held-out rows' : 'real rows';
}

function detailOf({ rows, ...rest }: DetailTable): ReportDetail {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : figureOf(cell))));
  return { ...rest, rows: cells };
}

function momentsOf({ columns }: Table): Set<string> {
  const moments = [...columns].filter(([, { kind }]) => kind === 'date' || kind === 'datetime');
  return new Set(moments.map(([name]) => name));
}

function variablesOf({ columns }: Table): Map<string, Variable> {
  return new Map(
    [...columns].flatMap(([name, column]) => {
      const variable = toVariable(column);
      return variable ? [[name, variable] as const] : [];
    }),
  );
}
