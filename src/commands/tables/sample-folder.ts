import { basename, dirname, join } from 'node:path';
import { Random } from '../../core/random/random.js';
import type { DatasetFile } from '../../generators/relational/dataset-file.js';
import { relationalTrees } from '../../generators/relational/relational-trees.js';
import type { CommandContext } from '../command.js';
import { StartRefused } from '../start-refused.js';
import { describeDataset } from './fit-folder.js';
import { exporterNamed, labelledName } from './labelled-target.js';
import { textOf } from './run-on-file.js';
import { refuseExisting } from './write-whole.js';
import { writeFolder } from './write-folder.js';

const subjectsMax = 100_000_000;

/** Makes so many subjects with everything of theirs, as a folder with a file a table; without a folder, says what the model has. */
export async function sampleFolder(
  file: DatasetFile,
  { rows, where, out, seed, format }: Readonly<Record<string, unknown>>,
  { context, signal }: { context: CommandContext; signal: AbortSignal },
): Promise<void> {
  const [given, count] = [textOf(out), textOf(rows)];
  // The folder says what it holds, also where it travels alone.
  const target = given === undefined ? undefined : join(dirname(given), labelledName(basename(given)));
  if (target === undefined && count === undefined) {
    for (const line of describeDataset(file)) context.print(line);
    return;
  }
  if (target === undefined || count === undefined)
    throw new StartRefused('Say both how many subjects and which folder: --rows N --out DIR.');
  if (where !== undefined) throw new StartRefused('--where is for a model of a single table.');
  const subjects = /^\d+$/.test(count) ? Number(count) : NaN;
  if (!(subjects >= 1 && subjects <= subjectsMax))
    throw new StartRefused(`--rows ${count} is not a whole number from 1 to ${subjectsMax}.`);
  const exporter = exporterNamed(textOf(format) ?? 'csv');
  refuseExisting(target);
  const random = Random.fromSeed(textOf(seed) ?? '1').fork('rows');
  const blocks = relationalTrees.sample(file.model, { subjects, random });
  const { shape } = file.model;
  const written = await writeFolder(
    target,
    blocks,
    { exporter, formats: relationalTrees.formats(file.model), shape },
    signal,
  );
  for (const [name, made] of written) context.print(`${join(target, name)}: ${made} synthetic rows.`);
}
