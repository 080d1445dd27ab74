import { writeFile } from 'node:fs/promises';
import type { DisclosureControl } from '../core/profile/profile.js';
import { findingsText } from '../evaluation/lint/findings-text.js';
import { profileFromSrcStats } from '../evaluation/lint/import/profile-from-src-stats.js';
import { importableTables, schemaFromFiles } from '../evaluation/lint/import/schema-from-files.js';
import { lintFiles, type LintResult } from '../evaluation/lint/lint.js';
import { readLintDirectory } from '../evaluation/lint/read-directory.js';
import { isReadable, type LintFile } from '../evaluation/lint/read-file.js';
import { loadPolicy } from '../modules/policy/load-policy.js';
import type { Command, CommandContext } from './command.js';
import { StartRefused } from './start-refused.js';

/** `picketfence lint DIR`: 0 when nothing fails, 1 when something does, 2 when there is nothing to look at. */
export const lintCommand = {
  name: 'lint',
  summary:
    'say what must not leave in the profiles and datafaker files of a folder: DIR [--json] [--import FILE]',
  options: { json: { type: 'boolean' }, import: { type: 'string' }, table: { type: 'string' } },
  /** What the argument without a name is. */
  positional: 'directory',
  run: async (context, { directory, json, import: target, table }) => {
    if (typeof directory !== 'string') {
      context.complain('Say which folder: picketfence lint DIR.');
      return 2;
    }
    const files = await filesIn(directory, context);
    if (files === null) return 2;
    const control = loadPolicy(context.loadConfig().policiesDirectory).disclosure;
    const result = lintFiles(files, control);
    print(result, { context, json: json === true });
    if (typeof target === 'string') {
      const note = json === true ? context.complain : context.print;
      await importTo(target, {
        files,
        result,
        control,
        note,
        table: typeof table === 'string' ? table : undefined,
      });
    }
    return result.findings.some(({ severity }) => severity === 'fail') ? 1 : 0;
  },
} as const satisfies Command & { readonly positional: string };

async function filesIn(directory: string, { complain }: CommandContext): Promise<LintFile[] | null> {
  try {
    const files = await readLintDirectory(directory);
    if (files.some(({ name }) => isReadable(name))) return files;
    complain(`There is no YAML or JSON file in ${directory}.`);
  } catch (error) {
    complain(`${directory} cannot be read: ${error instanceof Error ? error.message : '?'}`);
  }
  return null;
}

function print(
  { folder, findings }: LintResult,
  { context, json }: { context: CommandContext; json: boolean },
): void {
  if (json) {
    const files = folder.files.map(({ name, kind, hash }) => ({ name, kind, hash }));
    context.print(JSON.stringify({ version: 1, files, findings }, null, 2));
    return;
  }
  for (const line of findingsText(findings, folder.files.length)) context.print(line);
}

interface Import {
  readonly files: readonly LintFile[];
  readonly result: LintResult;
  readonly control: DisclosureControl;
  readonly table: string | undefined;
  readonly note: (line: string) => void;
}

/** @throws {StartRefused} when nothing passes, or when it is not clear what is wanted */
async function importTo(target: string, { files, result, control, table, note }: Import): Promise<void> {
  const tables = importableTables(result.folder);
  const chosen = table ?? (tables.length === 1 ? tables[0] : undefined);
  if (chosen === undefined || !tables.includes(chosen)) {
    throw new StartRefused(
      `Say which table to import with --table: ${tables.join(', ') || 'the files name none'}.`,
    );
  }
  const { profile, leftOut } = profileFromSrcStats(files, schemaFromFiles(result.folder, chosen), control);
  for (const { path, why } of leftOut) note(`left out  ${path}\n          ${why}`);
  const taken = profile.columns.filter(({ kind }) => kind !== 'withheld').length;
  if (taken === 0)
    throw new StartRefused('Nothing of this table passes the linter, so there is nothing to import.');
  try {
    await writeFile(target, `${JSON.stringify(profile, null, 2)}\n`, { flag: 'wx' });
  } catch (error) {
    throw new StartRefused(`${target} cannot be written: ${error instanceof Error ? error.message : '?'}`);
  }
  note(`${target}: a profile of ${taken} of ${profile.columns.length} columns; the others are withheld.`);
}
