import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { splitCsvRecord } from '../../core/files/split-csv-record.js';
import type { PopulationSample } from '../../evaluation/trajectories/patient-sample.js';
import { SampleBuilder, type ReadCell } from '../../evaluation/trajectories/sample-builder.js';
import { StartRefused } from '../start-refused.js';

/**
 * Counts the CSV files of a folder, line by line; they are called `patients.csv` or `patients-synthetic.csv`.
 * @throws {StartRefused} naming the file that is not there
 */
export async function readPopulation(folder: string, signal: AbortSignal): Promise<PopulationSample> {
  const builder = new SampleBuilder();
  for (const [table, read] of builder.readers()) await readFileOf(folder, table, { read, signal });
  if (builder.patients.size === 0) throw new StartRefused(`${folder} has no patients.`);
  return builder;
}

async function readFileOf(
  folder: string,
  table: string,
  { read, signal }: { read: (cell: ReadCell) => void; signal: AbortSignal },
): Promise<void> {
  const names = [`${table}.csv`, `${table}-synthetic.csv`].map((name) => join(folder, name));
  const path = names.find((name) => existsSync(name));
  if (path === undefined)
    throw new StartRefused(`${folder} has neither ${table}.csv nor ${table}-synthetic.csv.`);
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  let columns: ReadonlyMap<string, number> | null = null;
  for await (const line of lines) {
    signal.throwIfAborted();
    if (line === '') continue;
    const cells = line.includes('"') ? splitCsvRecord(line) : line.split(',');
    const known: ReadonlyMap<string, number> | null = columns;
    if (known === null) columns = new Map(cells.map((name, index) => [name, index]));
    else read((column) => cells[known.get(column) ?? -1] ?? '');
  }
}
