import { readFile } from 'node:fs/promises';
import { Random } from '../../core/random/random.js';
import { saveDatasetFile } from '../../generators/relational/dataset-file.js';
import type { DatasetFile } from '../../generators/relational/dataset-file.js';
import { relationalTrees } from '../../generators/relational/relational-trees.js';
import type { CommandContext } from '../command.js';
import { parseSdvMetadata } from '../evaluate/sdv-metadata.js';
import { StartRefused } from '../start-refused.js';
import { isOmopFolder } from '../omop/open-source.js';
import { withOmopDataset } from '../omop/open-omop-dataset.js';
import { withDataset } from './open-dataset.js';
import type { OpenDataset } from './open-dataset.js';
import { parseJson, textOf } from './run-on-file.js';
import { parseTimeWindows } from './time-windows.js';
import { writeWhole } from './write-whole.js';

interface FolderFit {
  readonly context: CommandContext;
  readonly signal: AbortSignal;
  readonly onProgress: (share: number) => void;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Learns from a folder of one CSV file a table, which SDV metadata describe, or of OMOP tables. */
export async function fitFolder(
  folder: string,
  out: string,
  values: Readonly<Record<string, unknown>>,
  { context, signal, onProgress, parameters }: FolderFit,
): Promise<void> {
  for (const name of ['schema', 'constraints', 'generator'])
    if (values[name] !== undefined)
      throw new StartRefused(
        `--${name} is for a single table; several are learned by ${relationalTrees.name}.`,
      );
  const subjects = textOf(values['subjects']);
  const windowsFile = textOf(values['windows']);
  const windows =
    windowsFile === undefined
      ? []
      : parseTimeWindows(parseJson(await readFile(windowsFile, 'utf8'), windowsFile), windowsFile);
  const learn = async ({ dataset, leftOut, hash }: OpenDataset): Promise<DatasetFile> => {
    if (leftOut.length > 0) context.complain(`left out, as identifiers or free text: ${leftOut.join(', ')}`);
    const whole = { ...dataset, windows, ...(subjects === undefined ? {} : { subjects }) };
    const random = Random.fromSeed(textOf(values['seed']) ?? '1').fork('fit');
    const model = await relationalTrees.fit(whole, { parameters, random, signal, onProgress });
    return { model, about: { sourceHash: hash, parameters } };
  };
  const learned = await openFolder(folder, textOf(values['metadata']), { context, signal }, learn);
  await writeWhole(out, [saveDatasetFile(learned)], signal);
  for (const line of describeDataset(learned)) context.print(line);
}

/** SDV metadata say how the tables belong together; of OMOP tables the model of OMOP does. */
async function openFolder(
  folder: string,
  metadataFile: string | undefined,
  { context, signal }: Pick<FolderFit, 'context' | 'signal'>,
  learn: (open: OpenDataset) => Promise<DatasetFile>,
): Promise<DatasetFile> {
  if (metadataFile !== undefined) {
    const metadata = parseSdvMetadata(await readFile(metadataFile, 'utf8'), metadataFile);
    return withDataset(folder, metadata, signal, learn);
  }
  if (await isOmopFolder(folder)) return withOmopDataset(folder, { context, signal }, learn);
  throw new StartRefused('Say how the tables belong together: --metadata FILE with the metadata of SDV.');
}

/** What a model of several tables contains, in sentences. */
export function describeDataset({ model, about }: DatasetFile): string[] {
  const { shape, tables, outsideWindows } = model;
  const moved = outsideWindows.reduce((sum, count) => sum + count, 0);
  return [
    `A model by ${model.generator} ${model.version} of ${model.subjectRows} subjects, SHA-256 ${about.sourceHash}.`,
    `Parameters: ${JSON.stringify(about.parameters)}`,
    `Tables: ${tables.map(({ name }) => name).join(', ')}`,
    ...shape.relations.map(
      ({ parent, parentKey, child, foreignKey }) =>
        `Relation: ${child} (${foreignKey.join(', ')}) names ${parent} (${parentKey.join(', ')})`,
    ),
    `Windows of time: ${shape.windows.length}; ${moved} times of the source lay outside and were brought to the end.`,
    'It is as private as its source: it holds what was learned from single people and belongs where they are kept.',
  ];
}
