import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { checkTableFiles } from '../../evaluation/disclosure/tables/check-table-files.js';
import { protectTableFiles, type TrueTable } from '../../evaluation/disclosure/tables/protect-table-files.js';
import { readTableFile } from '../../evaluation/disclosure/tables/read-table-file.js';
import type { TableFile } from '../../evaluation/disclosure/tables/table-file.js';
import type { TableRules } from '../../evaluation/disclosure/tables/table-rules.js';
import { UnsupportedTableError } from '../../evaluation/disclosure/tables/unsupported-table-error.js';
import { plural } from '../../evaluation/figure.js';
import { loadPolicy } from '../../modules/policy/load-policy.js';
import type { Command, CommandContext } from '../command.js';
import { StartRefused } from '../start-refused.js';
import { protectedTableText } from './protected-table-text.js';

/** `check`: 0 when nothing fails, 1 when something does. `protect`: 0 when all is written. 2: cannot be read. */
export const tablesCommand = {
  name: 'tables',
  summary:
    'check FILE... [--json] or protect FILE... --out DIR: disclosure control for tables of one source (CSV)',
  options: { json: { type: 'boolean' }, out: { type: 'string' } },
  /** What the arguments without a name are. */
  positionals: ['subcommand'],
  rest: 'files',
  run: async (context, { subcommand, files, out, json }) => {
    const paths = Array.isArray(files)
      ? files.filter((path): path is string => typeof path === 'string')
      : [];
    const isCheck = subcommand === 'check';
    if (
      (!isCheck && subcommand !== 'protect') ||
      paths.length === 0 ||
      (!isCheck && typeof out !== 'string')
    ) {
      context.complain(
        'Say what: picketfence tables check FILE... or picketfence tables protect FILE... --out DIR.',
      );
      return 2;
    }
    const rules = loadPolicy(context.loadConfig().policiesDirectory).tableRules;
    const tables = await readAll(paths, rules, context);
    if (tables === null) return 2;
    if (isCheck) return check(tables, { rules, context, json: json === true });
    return protect(tables, { rules, context, out: String(out) });
  },
} as const satisfies Command & { readonly positionals: readonly string[]; readonly rest: string };

/** Null, with a complaint, when one cannot be read or two have the same name. */
async function readAll(
  paths: readonly string[],
  rules: TableRules,
  { complain }: CommandContext,
): Promise<TableFile[] | null> {
  const tables: TableFile[] = [];
  for (const path of paths) {
    const name = basename(path, extname(path));
    try {
      if (tables.some((table) => table.name === name)) throw new Error('another file has its name');
      tables.push(readTableFile(name, await readFile(path, 'utf8'), rules));
    } catch (error) {
      complain(`${path}: ${error instanceof Error ? error.message : '?'}`);
      return null;
    }
  }
  return tables;
}

interface Checking {
  readonly rules: TableRules;
  readonly context: CommandContext;
  readonly json: boolean;
}

function check(tables: readonly TableFile[], { rules, context, json }: Checking): number {
  const findings = checkTableFiles(tables, rules);
  const fails = findings.filter(({ status }) => status === 'fail').length;
  if (json) {
    context.print(JSON.stringify({ version: 1, findings }, null, 2));
    return fails > 0 ? 1 : 0;
  }
  for (const { file, rule, status, why } of findings)
    context.print(`${status.padEnd(6)}  ${file}  [${rule}]\n        ${visible(why)}`);
  const summary =
    findings.length === 0
      ? 'Nothing found'
      : `${plural(findings.length, 'finding')}: ${plural(fails, 'fail')}, ${plural(findings.length - fails, 'review')}`;
  context.print(`${summary} in ${plural(tables.length, 'table')}.`);
  return fails > 0 ? 1 : 0;
}

interface Protecting {
  readonly rules: TableRules;
  readonly context: CommandContext;
  readonly out: string;
}

/** @throws {StartRefused} when a table cannot be protected, or a file is in the way */
async function protect(tables: readonly TableFile[], { rules, context, out }: Protecting): Promise<number> {
  const done = protectAll(tables, rules);
  await mkdir(out, { recursive: true });
  for (const one of done) {
    const path = join(out, `${one.name}.csv`);
    try {
      await writeFile(path, protectedTableText(one), { flag: 'wx' });
    } catch (error) {
      throw new StartRefused(`${path} cannot be written: ${error instanceof Error ? error.message : '?'}`);
    }
    context.print(
      `${path}: ${plural(one.suppressed.length, 'figure')} suppressed, ${plural(one.rounded, 'count')} rounded to a multiple of ${rules.countRounding}.`,
    );
    for (const { cell, why } of one.suppressed) context.print(`  ${visible(cell)}\n      ${visible(why)}`);
  }
  return 0;
}

function protectAll(tables: readonly TableFile[], rules: TableRules): ReturnType<typeof protectTableFiles> {
  const wrong = tables.find(({ kind }) => kind === 'published' || kind === 'models');
  if (wrong !== undefined)
    throw new StartRefused(
      `${wrong.name}: only tables of true counts or amounts, without totals, can be protected.`,
    );
  try {
    return protectTableFiles(tables.filter(isTrueTable), rules);
  } catch (error) {
    if (error instanceof UnsupportedTableError) throw new StartRefused(error.message);
    throw error;
  }
}

function isTrueTable(table: TableFile): table is TrueTable {
  return table.kind === 'counts' || table.kind === 'amounts';
}

/** A label cannot write to the terminal. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '?');
}
