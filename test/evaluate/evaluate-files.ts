import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { evaluateCommand } from '../../src/commands/evaluate/evaluate-command.js';
import { loadConfig } from '../../src/modules/platform/config/config.js';
import type { Report } from '../../src/evaluation/report/report.js';

export const run = promisify(execFile);

export interface Evaluated {
  readonly code: number;
  readonly printed: readonly string[];
  readonly complained: readonly string[];
  readonly report: Report | null;
  readonly jsonText: string;
  readonly html: string;
}

/** Runs the command in this process. */
export async function evaluateFiles(values: Readonly<Record<string, unknown>>): Promise<Evaluated> {
  const folder = await mkdtemp(join(tmpdir(), 'picketfence-report-'));
  const [printed, complained]: [string[], string[]] = [[], []];
  try {
    const code = await evaluateCommand.run(
      {
        loadConfig: () => loadConfig({}),
        print: (line) => void printed.push(line),
        complain: (line) => void complained.push(line),
        environment: {},
      },
      { out: folder, ...values },
    );
    const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8').catch(() => '');
    const [jsonText, html] = [await read('report.json'), await read('report.html')];
    const report = jsonText === '' ? null : (JSON.parse(jsonText) as Report);
    return { code, printed, complained, report, jsonText, html };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Writes the tables as CSV files, evaluates them and removes them. Null is an empty cell. */
export async function evaluateTables(tables: {
  readonly real: CsvTable;
  readonly synthetic: CsvTable;
  readonly holdout?: CsvTable;
  readonly metadata?: unknown;
  /** What is declared, by option. */
  readonly declared?: Readonly<Record<string, unknown>>;
  /** Text of the file of rules. */
  readonly rules?: string;
}): Promise<Evaluated> {
  const folder = await mkdtemp(join(tmpdir(), 'picketfence-tables-'));
  try {
    const file = (name: string): string => join(folder, name);
    await writeFile(file('real.csv'), csvText(tables.real));
    await writeFile(file('synthetic.csv'), csvText(tables.synthetic));
    if (tables.holdout) await writeFile(file('holdout.csv'), csvText(tables.holdout));
    if (tables.metadata) await writeFile(file('metadata.json'), JSON.stringify(tables.metadata));
    if (tables.rules !== undefined) await writeFile(file('rules.yaml'), tables.rules);
    return await evaluateFiles({
      ...tables.declared,
      ...(tables.rules === undefined ? {} : { rules: file('rules.yaml') }),
      real: file('real.csv'),
      synthetic: file('synthetic.csv'),
      ...(tables.holdout ? { holdout: file('holdout.csv') } : {}),
      ...(tables.metadata ? { metadata: file('metadata.json') } : {}),
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

export type CsvTable = Readonly<Record<string, readonly (string | number | null)[]>>;

function csvText(table: CsvTable): string {
  const quoted = (cell: string | number | null): string =>
    cell === null ? '' : `"${String(cell).replaceAll('"', '""')}"`;
  const names = Object.keys(table);
  const rows = Object.values(table)[0]?.length ?? 0;
  const lines = Array.from({ length: rows }, (_, row) =>
    names.map((name) => quoted(table[name]?.[row] ?? null)).join(','),
  );
  return `${[names.map(quoted).join(','), ...lines].join('\n')}\n`;
}

/** Where a figure is neither a finite number nor null with a reason. */
export function badFigures(value: unknown, place = 'report'): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [place];
  if (Array.isArray(value)) return value.flatMap((one, at) => badFigures(one, `${place}[${at}]`));
  if (value === null) return [place];
  if (typeof value !== 'object') return [];
  const record = value as Readonly<Record<string, unknown>>;
  return Object.entries(record).flatMap(([name, part]) => {
    const hasReason = typeof record['reason'] === 'string' && record['reason'] !== '';
    if (part === null && (name === 'value' || name === 'bars') && hasReason) return [];
    return badFigures(part, `${place}.${name}`);
  });
}
