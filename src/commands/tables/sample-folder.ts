import { basename, dirname, join } from 'node:path';
import { type ClinicalFormat, clinicalFormats } from '../../exporters/clinical-registry.js';
import { Random } from '../../core/random/random.js';
import type { DatasetFile } from '../../generators/relational/dataset-file.js';
import { relationalTrees } from '../../generators/relational/relational-trees.js';
import type { CommandContext } from '../command.js';
import { StartRefused } from '../start-refused.js';
import { describeDataset } from './fit-folder.js';
import { exporterNamed, labelledName } from './labelled-target.js';
import { clinicalAnswers } from '../map/map-request.js';
import { withConceptsOnly } from '../omop/pooled-concepts.js';
import { sampleRecords } from '../omop/sample-records.js';
import { textOf } from './run-on-file.js';
import { refuseExisting } from './write-whole.js';
import { writeFolder } from './write-folder.js';

const subjectsMax = 100_000_000;

/** Makes so many subjects with everything of theirs, as a folder with a file a table; without a folder, says what the model has. */
export async function sampleFolder(
  file: DatasetFile,
  values: Readonly<Record<string, unknown>>,
  { context, signal }: { context: CommandContext; signal: AbortSignal },
): Promise<void> {
  const { rows, where, out, seed, format } = values;
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
  const clinical = clinicalFormatsIn(textOf(format));
  const exporter = exporterNamed(clinical ? 'csv' : (textOf(format) ?? 'csv'));
  refuseExisting(target);
  const seedText = textOf(seed) ?? '1';
  const write = (folder: string): Promise<ReadonlyMap<string, number>> => {
    const random = Random.fromSeed(seedText).fork('rows');
    const made = relationalTrees.sample(file.model, { subjects, random });
    const blocks = clinical ? withConceptsOnly(made) : made;
    const { shape } = file.model;
    return writeFolder(
      folder,
      blocks,
      { exporter, formats: relationalTrees.formats(file.model), shape },
      signal,
    );
  };
  if (clinical) {
    const order = { ...clinicalAnswers(values), formats: clinical, out: target, subjects, seed: seedText };
    for (const { table, rows: made, carried } of (await sampleRecords(file, order, write, signal)).rowsRead())
      context.print(`${table}: ${carried} of ${made} synthetic rows are in the records.`);
    return;
  }
  const written = await write(target);
  for (const [name, made] of written) context.print(`${join(target, name)}: ${made} synthetic rows.`);
}

/** Null when none of the formats is a clinical one. @throws {StartRefused} when some are and others are not */
function clinicalFormatsIn(format: string | undefined): readonly ClinicalFormat[] | null {
  const names = (format ?? '').split(',').map((name) => name.trim());
  const found = clinicalFormats.filter(({ name }) => names.includes(name));
  if (found.length === 0) return null;
  if (found.length < names.length)
    throw new StartRefused(
      `--format ${format ?? ''}: tables and patient records are not written at once; give ${clinicalFormats.map(({ name }) => name).join(',')} alone.`,
    );
  return found;
}
