import { readFile } from 'node:fs/promises';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import { coverageText } from '../../exporters/mapping/coverage-text.js';
import type { MappingCoverage } from '../../exporters/mapping/coverage.js';
import { mapTables } from '../../exporters/mapping/map-tables.js';
import type { MappedTables } from '../../exporters/mapping/map-tables.js';
import { mappingSchema } from '../../exporters/mapping/mapping-schema.js';
import { readMapping } from '../../exporters/mapping/read-mapping.js';
import type { Command } from '../command.js';
import { runOnFile } from '../tables/run-on-file.js';
import { parseMapRequest } from './map-request.js';
import type { MapRequest } from './map-request.js';
import { withTables } from './open-tables.js';
import { writeMapped } from './write-mapped.js';

/** `picketfence map DIR|FILE --mapping FILE.yaml`: tables become patient events as a mapping file says, and only so. */
export const mapCommand = {
  name: 'map',
  summary:
    'make patient events of tables: DIR|FILE.csv --mapping FILE.yaml --preview [--json], or --format ndjson|omop|fhir --out DIR --tier T [--country GB|US --dated DAY] [--vocabulary DIR]; --schema: what a mapping may say',
  options: {
    ...{ mapping: { type: 'string' }, preview: { type: 'boolean' }, json: { type: 'boolean' } },
    ...{ schema: { type: 'boolean' }, format: { type: 'string' }, out: { type: 'string' } },
    ...{ tier: { type: 'string' }, country: { type: 'string' }, dated: { type: 'string' } },
    vocabulary: { type: 'string' },
  },
  positional: 'tables',
  run: (context, values) =>
    runOnFile(context, 'map', async (signal) => {
      if (values['schema'] === true) {
        context.print(JSON.stringify(mappingSchema, null, 2));
        return;
      }
      const request = parseMapRequest(values);
      const coverage = await mapFiles(request, signal);
      if (values['json'] === true) context.print(JSON.stringify(coverage, null, 2));
      else if (request.output)
        context.print(`${request.output.out}: the records of ${coverage.persons} persons.`);
      else for (const line of coverageText(coverage)) context.print(line);
    }),
} as const satisfies Command & { readonly positional: string };

async function mapFiles(
  { tables: input, mappingFile, output }: MapRequest,
  signal: AbortSignal,
): Promise<MappingCoverage> {
  const text = await readFile(mappingFile, 'utf8');
  const read = readMapping(mappingFile, text);
  const { title, tables: described } = read.mapping;
  const [first, ...others] = described;
  const only = others.length === 0 ? first?.name : undefined;
  return withTables(input, only, signal, async ({ tables, hashes }) => {
    const mapped = await mapTables(read, tables);
    if (!output) return preview(mapped, signal);
    return writeMapped({ mapped, title, mapping: sha256Hex(text), hashes }, output, signal);
  });
}

async function preview(mapped: MappedTables, signal: AbortSignal): Promise<MappingCoverage> {
  const records = mapped.records[Symbol.asyncIterator]();
  while ((await records.next()).done !== true) signal.throwIfAborted();
  return mapped.coverage();
}
