import type { Declared, ProtectedColumn } from '../../evaluation/declared.js';
import { StartRefused } from '../start-refused.js';
import { textOf } from '../tables/run-on-file.js';
import type { LoadedTable } from './load-comparison.js';

/** What people declare about the data on the command line. */
export const declaredOptions = {
  target: { type: 'string' },
  protected: { type: 'string', multiple: true },
} as const;

/** @throws {StartRefused} when it is about a column that is not there, or about several tables at once */
export function readDeclared(
  values: Readonly<Record<string, unknown>>,
  tables: readonly LoadedTable[],
): Promise<Declared> {
  const target = textOf(values['target']);
  const given = Array.isArray(values['protected']) ? values['protected'].map(String) : [];
  const [table, ...others] = tables;
  if (target === undefined && given.length === 0) return Promise.resolve({});
  if (!table || others.length > 0)
    throw new StartRefused(
      '--target and --protected are about the columns of one table, and there are several.',
    );
  const requireColumn = (option: string, name: string): string => {
    if (table.real.columns.has(name)) return name;
    throw new StartRefused(
      `${option} names the column "${name}", which is not there; there are ${[...table.real.columns.keys()].join(', ')}.`,
    );
  };
  const protectedColumns = given.map((text) => protectedColumn(text, table, requireColumn));
  return Promise.resolve({
    ...(target === undefined ? {} : { target: requireColumn('--target', target) }),
    ...(protectedColumns.length === 0 ? {} : { protectedColumns }),
  });
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
