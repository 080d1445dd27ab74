import type { Column, Table } from '../../src/core/table/table.js';
import { buildReport } from '../../src/evaluation/report/build-report.js';
import { reportHtml } from '../../src/evaluation/report/html/report-html.js';
import type { Report } from '../../src/evaluation/report/report.js';
import { categories, numbers } from '../../src/evaluation/testing/columns.js';
import { loadPolicy } from '../../src/modules/policy/load-policy.js';
import type { CsvTable } from './evaluate-files.js';

export interface ReportText {
  readonly report: Report;
  readonly jsonText: string;
  readonly html: string;
}

/** The report of two tables in memory; a column of texts is one of categories. */
export async function reportOf(real: CsvTable, synthetic: CsvTable): Promise<ReportText> {
  const { evaluation, disclosure } = loadPolicy('policies');
  const { policy, sha256 } = evaluation;
  const built = await buildReport({
    tables: [{ name: 'table', real: tableOf(real), synthetic: tableOf(synthetic), metadata: {} }],
    relationships: [],
    inputs: [],
    policy,
    policySha256: sha256,
    control: disclosure,
    checks: [],
    details: [],
    notTested: [],
    seed: 'test',
  });
  const jsonText = JSON.stringify(built);
  return { report: JSON.parse(jsonText) as Report, jsonText, html: reportHtml(built) };
}

function tableOf(columns: CsvTable): Table {
  const rowCount = Object.values(columns)[0]?.length ?? 0;
  return {
    rowCount,
    columns: new Map(Object.entries(columns).map(([name, cells]) => [name, columnOf(cells)])),
  };
}

function columnOf(cells: CsvTable[string]): Column {
  const isText = cells.some((cell) => typeof cell === 'string');
  return isText
    ? categories(cells.map((cell) => (cell === null ? null : String(cell))))
    : numbers(cells.map((cell) => (typeof cell === 'number' ? cell : null)));
}
