import { readFile } from 'node:fs/promises';
import { coverageText } from '../../exporters/mapping/coverage-text.js';
import type { MappingCoverage } from '../../exporters/mapping/coverage.js';
import { mapTables } from '../../exporters/mapping/map-tables.js';
import type { MappedTables } from '../../exporters/mapping/map-tables.js';
import { mappingSchema } from '../../exporters/mapping/mapping-schema.js';
import { readMapping } from '../../exporters/mapping/read-mapping.js';
import type { Command } from '../command.js';
import { OutputFolder } from '../simulate/output-folder.js';
import { StartRefused } from '../start-refused.js';
import { runOnFile, textOf } from '../tables/run-on-file.js';
import { withTables } from './open-tables.js';

/** `picketfence map DIR|FILE --mapping FILE.yaml`: tables become patient events as a mapping file says, and only so. */
export const mapCommand = {
  name: 'map',
  summary:
    'make patient events of tables: DIR|FILE --mapping FILE.yaml, --preview [--json] to say what it covers, or --format ndjson --out DIR; --schema: what a mapping may say',
  options: {
    mapping: { type: 'string' },
    preview: { type: 'boolean' },
    json: { type: 'boolean' },
    schema: { type: 'boolean' },
    format: { type: 'string' },
    out: { type: 'string' },
  },
  positional: 'tables',
  run: (context, values) =>
    runOnFile(context, 'map', async (signal) => {
      if (values['schema'] === true) {
        context.print(JSON.stringify(mappingSchema, null, 2));
        return;
      }
      const { tables: input, file, out } = parseRequest(values);
      const mapping = readMapping(file, await readFile(file, 'utf8'));
      const [first, ...others] = mapping.mapping.tables;
      const only = others.length === 0 ? first?.name : undefined;
      const coverage = await withTables(input, only, signal, async (tables) => {
        const mapped = await mapTables(mapping, tables);
        return out === undefined ? preview(mapped, signal) : writeRecords(mapped, out, signal);
      });
      if (values['json'] === true) context.print(JSON.stringify(coverage, null, 2));
      else if (out === undefined) for (const line of coverageText(coverage)) context.print(line);
      else context.print(`${out}: the records of ${coverage.persons} persons.`);
    }),
} as const satisfies Command & { readonly positional: string };

interface MapRequest {
  readonly tables: string;
  readonly file: string;
  /** Undefined for a preview. */
  readonly out: string | undefined;
}

/** @throws {StartRefused} */
function parseRequest(values: Readonly<Record<string, unknown>>): MapRequest {
  const [tables, file, format, out] = ['tables', 'mapping', 'format', 'out'].map((name) =>
    textOf(values[name]),
  );
  if (tables === undefined)
    throw new StartRefused('Say which tables: a folder of CSV files, or one CSV file.');
  if (file === undefined) throw new StartRefused('Say how: --mapping FILE.yaml.');
  if (values['preview'] === true) {
    if (out !== undefined) throw new StartRefused('A preview writes nothing: leave --preview or --out away.');
    return { tables, file, out: undefined };
  }
  if (out === undefined || format === undefined)
    throw new StartRefused('Say what you want: --preview, or --format ndjson --out DIR.');
  if (format !== 'ndjson') throw new StartRefused(`There is no format "${format}"; there is: ndjson.`);
  return { tables, file, out };
}

async function preview(mapped: MappedTables, signal: AbortSignal): Promise<MappingCoverage> {
  const records = mapped.records[Symbol.asyncIterator]();
  while ((await records.next()).done !== true) signal.throwIfAborted();
  return mapped.coverage();
}

/** The folder appears under its name only when every record is in it. */
async function writeRecords(
  mapped: MappedTables,
  out: string,
  signal: AbortSignal,
): Promise<MappingCoverage> {
  const folder = await OutputFolder.begin(out);
  try {
    for await (const record of mapped.records) {
      signal.throwIfAborted();
      await folder.append('records.ndjson', `${JSON.stringify(record)}\n`);
    }
    const coverage = mapped.coverage();
    await folder.append('coverage.json', `${JSON.stringify(coverage, null, 2)}\n`);
    await folder.finish();
    return coverage;
  } catch (error) {
    await folder.giveUp();
    throw error;
  }
}
