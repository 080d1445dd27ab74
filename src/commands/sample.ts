import { readFile } from 'node:fs/promises';
import { Random } from '../core/random/random.js';
import { constrainedFormats, sampleConstrained } from '../generators/constraints/constrained.js';
import { loadModelFile } from '../generators/constraints/constrained-file.js';
import { loadDatasetFile } from '../generators/relational/dataset-file.js';
import { parseConditions } from '../generators/parse-conditions.js';
import type { Command } from './command.js';
import { StartRefused } from './start-refused.js';
import { describeModel } from './tables/describe-model.js';
import { parseJson, runOnFile, textOf } from './tables/run-on-file.js';
import { fileOf, labelledTargets } from './tables/labelled-target.js';
import { sampleFolder } from './tables/sample-folder.js';
import { refuseExisting } from './tables/write-whole.js';
import { writeTables } from './tables/write-tables.js';

const rowsMax = 1_000_000_000;

/** `picketfence sample MODEL --rows N --out FILE`: any number of rows, as a stream, in a file whose name says synthetic. */
export const sampleCommand = {
  name: 'sample',
  summary:
    'make rows by a model: MODEL --rows N --out FILE [--format csv|parquet|csv,parquet] [--seed S] [--where JSON] (of tables: N subjects, --out DIR; of OMOP tables also --format omop,fhir --country GB|US --dated DAY [--vocabulary DIR]), or MODEL alone: say what it contains',
  options: {
    rows: { type: 'string', short: 'n' },
    seed: { type: 'string' },
    where: { type: 'string' },
    format: { type: 'string' },
    out: { type: 'string' },
    ...{ country: { type: 'string' }, dated: { type: 'string' }, vocabulary: { type: 'string' } },
  },
  positional: 'model',
  run: async (context, values) => {
    const { model: file, rows, seed, where, format, out } = values;
    const [path, target, count] = [textOf(file), textOf(out), textOf(rows)];
    const given = textOf(where);
    if (path === undefined) {
      context.complain('Say which model: picketfence sample MODEL --rows N --out FILE.');
      return 2;
    }
    return runOnFile(context, path, async (signal) => {
      const bytes = await readFile(path);
      const ofTables = loadDatasetFile(bytes);
      if (ofTables) {
        await sampleFolder(ofTables, values, { context, signal });
        return;
      }
      const loaded = loadModelFile(bytes);
      if (target === undefined && count === undefined) {
        for (const line of describeModel(loaded)) context.print(line);
        return;
      }
      if (target === undefined || count === undefined)
        throw new StartRefused('Say both how many rows and where to: --rows N --out FILE.');
      const targets = labelledTargets(target, textOf(format));
      for (const each of targets) refuseExisting(fileOf(each));
      const { generator, model } = loaded;
      const formats = constrainedFormats(generator, model);
      const blocks = sampleConstrained(generator, model, {
        columns: formats.map(({ name }) => name),
        rows: parseRows(count),
        random: Random.fromSeed(textOf(seed) ?? '1').fork('rows'),
        conditions: parseConditions(given === undefined ? {} : parseJson(given, '--where')),
      });
      for (const [written = '', ...others] of await writeTables(blocks, formats, targets, signal)) {
        context.print(`${written}: ${count} synthetic rows.`);
        for (const other of others) context.print(`${other}: what its columns are.`);
      }
      if (targets.length > 1) context.print('Read back, they hold the same cells.');
    });
  },
} as const satisfies Command & { readonly positional: string };

function parseRows(text: string): number {
  const rows = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(rows >= 1 && rows <= rowsMax))
    throw new StartRefused(`--rows ${text} is not a whole number from 1 to ${rowsMax}.`);
  return rows;
}
