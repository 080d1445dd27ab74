import { readFile } from 'node:fs/promises';
import { parse, YAMLError } from 'yaml';
import type { Table } from '../../core/table/table.js';
import type { Declared, ProtectedColumn } from '../../evaluation/declared.js';
import { parsePlausibilityRules } from '../../evaluation/plausibility/parse-rules.js';
import { PlausibilityRuleError } from '../../evaluation/plausibility/plausibility-rule-error.js';
import type { PlausibilityRule } from '../../evaluation/plausibility/rule.js';
import { ruleReader } from '../../evaluation/plausibility/rule-check.js';
import { StartRefused } from '../start-refused.js';
import { textOf } from '../tables/run-on-file.js';
import type { LoadedTable } from './load-comparison.js';
import { sourceOfTable } from './source-of-table.js';

/** What people declare about the data on the command line. */
export const declaredOptions = {
  target: { type: 'string' },
  protected: { type: 'string', multiple: true },
  rules: { type: 'string' },
} as const;

/** @throws {StartRefused} when it is about a column that is not there, or about several tables at once */
export async function readDeclared(
  values: Readonly<Record<string, unknown>>,
  tables: readonly LoadedTable[],
): Promise<Declared> {
  const target = textOf(values['target']);
  const given = Array.isArray(values['protected']) ? values['protected'].map(String) : [];
  const [table, ...others] = tables;
  const file = textOf(values['rules']);
  if (target === undefined && given.length === 0 && file === undefined) return {};
  if (!table || others.length > 0)
    throw new StartRefused(
      '--target, --protected and --rules are about the columns of one table, and there are several.',
    );
  const requireColumn = (option: string, name: string): string => {
    if (table.real.columns.has(name)) return name;
    throw new StartRefused(
      `${option} names the column "${name}", which is not there; there are ${[...table.real.columns.keys()].join(', ')}.`,
    );
  };
  const protectedColumns = given.map((text) => protectedColumn(text, table, requireColumn));
  return {
    ...(target === undefined ? {} : { target: requireColumn('--target', target) }),
    ...(protectedColumns.length === 0 ? {} : { protectedColumns }),
    ...(file === undefined ? {} : { rules: await readRules(file, [table.real, table.synthetic]) }),
  };
}

async function readRules(file: string, tables: readonly Table[]): Promise<PlausibilityRule[]> {
  try {
    // YAML 1.2 reads JSON as well.
    const rules = parsePlausibilityRules(parse(await readFile(file, 'utf8')));
    for (const table of tables) for (const rule of rules) await ruleReader(sourceOfTable(table), rule);
    return rules;
  } catch (error) {
    if (error instanceof PlausibilityRuleError || error instanceof YAMLError || isOfTheSystem(error))
      throw new StartRefused(`${file}: ${error.message}`);
    throw error;
  }
}

function isOfTheSystem(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}

/** `sex`, or `age=18,40,65`: a number column is cut into bands. */
function protectedColumn(
  text: string,
  { real }: LoadedTable,
  requireColumn: (option: string, name: string) => string,
): ProtectedColumn {
  const [, name = text, list] = real.columns.has(text) ? [] : (/^(.*)=([^=]*)$/.exec(text) ?? []);
  const column = requireColumn('--protected', name);
  const isCategory = real.columns.get(column)?.kind === 'category';
  if (list === undefined) {
    if (isCategory) return { column };
    throw new StartRefused(
      `--protected ${column} is no category: say where to cut it, as in ${column}=18,40,65.`,
    );
  }
  const cuts = list.split(',').map(Number);
  const isRising = cuts.every(
    (cut, at) => Number.isFinite(cut) && (at === 0 || cut > (cuts[at - 1] ?? Infinity)),
  );
  if (isCategory || list.trim() === '' || !isRising || real.columns.get(column)?.kind !== 'number')
    throw new StartRefused(`--protected ${text}: cuts are rising numbers, of a number column.`);
  return { column, cuts };
}
