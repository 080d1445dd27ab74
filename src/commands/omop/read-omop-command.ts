import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findDanglingKeys } from '../../core/omop/reader/dangling-keys.js';
import { readRecords } from '../../core/omop/reader/read-records.js';
import { readExtractSummary } from '../../core/omop/source/source-summary.js';
import type { Command, CommandContext } from '../command.js';
import { runOnFile, textOf } from '../tables/run-on-file.js';
import { withOmopFolder } from './open-source.js';
import type { OpenOmop } from './open-source.js';

/** `picketfence read-omop DIR`: reads everything as patient events and says what became of the rows. */
export const readOmopCommand = {
  name: 'read-omop',
  summary: 'say what can be read of a folder of OMOP tables, and what is left out: DIR|postgres:SCHEMA',
  options: {},
  positional: 'directory',
  run: async (context, values) => {
    const directory = textOf(values['directory']);
    if (directory === undefined) {
      context.complain('Say which folder: picketfence read-omop DIR.');
      return 2;
    }
    return runOnFile(context, directory, (signal) =>
      withOmopFolder(directory, signal, (open) => describe(open, context, signal)),
    );
  },
} as const satisfies Command & { readonly positional: string };

async function describe(
  { db, files, source, folder }: OpenOmop,
  { print }: CommandContext,
  signal: AbortSignal,
): Promise<void> {
  print(`Layout: ${files.layout}; ${files.tables.size} tables, ${files.links.length} of links not opened.`);
  if (files.summary !== null) {
    const summary = readExtractSummary(await readFile(join(folder, files.summary), 'utf8'));
    print(
      `Extracted ${summary.madeAt ?? '?'} by ${summary.gitSha ?? '?'}: ${JSON.stringify(summary.settings)}`,
    );
  }
  const reading = readRecords(db, source);
  let [persons, encounters, events] = [0, 0, 0];
  for await (const record of reading.records) {
    signal.throwIfAborted();
    persons += 1;
    encounters += record.encounters.length;
    events += record.events.length;
  }
  print(`Records: ${persons} persons, ${encounters} encounters, ${events} events.`);
  for (const { table, rows, carried } of reading.rowsRead())
    print(`  ${table}: ${carried} of ${rows} rows are in the records`);
  for (const { table, field, parent, rows } of await findDanglingKeys(db, source, signal))
    print(`dangling: ${rows} rows of ${table} name no row of ${parent} in ${field}`);
  for (const [table, rows] of source.rejectedRows)
    print(`rejected by the extraction: ${rows} rows of ${table}`);
  for (const { table, unknownColumns } of source.tables.values())
    if (unknownColumns.length > 0) print(`not of the model: ${table.name} has ${unknownColumns.join(', ')}`);
}
