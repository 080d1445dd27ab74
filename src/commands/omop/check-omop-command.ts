import { systemClock } from '../../core/time/clock.js';
import { vocabularyTables } from '../../evaluation/omop/read-checks.js';
import { buildReport } from '../../evaluation/omop/report.js';
import { runChecks } from '../../evaluation/omop/run-checks.js';
import { summariseReport } from '../../evaluation/omop/summary.js';
import type { Command, CommandContext } from '../command.js';
import { StartRefused } from '../start-refused.js';
import { runOnFile, textOf } from '../tables/run-on-file.js';
import { refuseExisting, writeWhole } from '../tables/write-whole.js';
import { loadChecks } from './omop-content.js';
import { withOmopFolder } from './open-source.js';
import type { OpenOmop } from './open-source.js';

/** `picketfence check-omop DIR`: 0 when no check fails, 1 when one does or cannot be made, 2 when nothing can be read. */
export const checkOmopCommand = {
  name: 'check-omop',
  summary:
    'run the OMOP data-quality checks on a folder of CSV or Parquet tables: DIR|postgres:SCHEMA [--out REPORT.json] [--vocabulary] [--today DATE]',
  options: { out: { type: 'string' }, vocabulary: { type: 'boolean' }, today: { type: 'string' } },
  positional: 'directory',
  run: async (context, values) => {
    const directory = textOf(values['directory']);
    if (directory === undefined) {
      context.complain('Say which folder: picketfence check-omop DIR.');
      return 2;
    }
    const outcome = { hasFailed: false };
    const code = await runOnFile(context, directory, async (signal) => {
      const out = textOf(values['out']);
      if (out !== undefined) refuseExisting(out);
      const today = dayIn(textOf(values['today']));
      outcome.hasFailed = await withOmopFolder(directory, signal, (open) =>
        check(open, { context, signal, out, today, withVocabulary: values['vocabulary'] === true }),
      );
    });
    return code === 0 && outcome.hasFailed ? 1 : code;
  },
} as const satisfies Command & { readonly positional: string };

interface CheckRun {
  readonly context: CommandContext;
  readonly signal: AbortSignal;
  readonly out: string | undefined;
  readonly today: string;
  readonly withVocabulary: boolean;
}

async function check(
  { db, source, files }: OpenOmop,
  { context, signal, out, today, withVocabulary }: CheckRun,
): Promise<boolean> {
  const started = systemClock.now();
  const all = await loadChecks();
  const wanted = withVocabulary ? all : all.filter(({ table }) => !vocabularyTables.includes(table));
  const results = await runChecks(db, source, wanted, { today, signal });
  const report = await buildReport(db, results, { started, ended: systemClock.now(), today });
  for (const [table, rows] of source.rejectedRows)
    context.complain(
      `${table}: the extraction turned ${rows} rows away (${files.rejected.get(table)?.path ?? ''}).`,
    );
  for (const { table, misfits, unknownColumns } of source.tables.values()) {
    for (const { field, kind, cells, firstRow } of misfits)
      context.complain(
        `${table.name}.${field}: ${cells} cells are ${kind === 'type' ? `no ${table.fields.find(({ name }) => name === field)?.type ?? ''}` : 'too long'}, the first in row ${firstRow}.`,
      );
    if (unknownColumns.length > 0)
      context.complain(`${table.name}: the model has no field ${unknownColumns.join(', ')}.`);
  }
  for (const line of summariseReport(report)) context.print(line);
  if (out !== undefined) await writeWhole(out, [Buffer.from(`${JSON.stringify(report, null, 2)}\n`)], signal);
  return results.some(({ verdict }) => verdict.status === 'failed' || verdict.status === 'error');
}

/** @throws {StartRefused} when it is no day of the calendar */
function dayIn(text: string | undefined): string {
  if (text === undefined) return systemClock.now().toISOString().slice(0, 10);
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text)
    throw new StartRefused(`--today ${text} is no date such as 2026-03-31.`);
  return text;
}
