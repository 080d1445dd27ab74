import { readFile } from 'node:fs/promises';
import { Random } from '../../core/random/random.js';
import { evaluateImages } from '../../evaluation/images/evaluate-images.js';
import type { Pictures } from '../../evaluation/images/embed-images.js';
import { fitImages } from '../../generators/images/fit-images.js';
import { loadImageModel, saveImageModel } from '../../generators/images/image-model.js';
import { sampleImages } from '../../generators/images/sample-images.js';
import type { Command, CommandContext } from '../command.js';
import { StartRefused } from '../start-refused.js';
import { parseJson, runOnFile, textOf } from '../tables/run-on-file.js';
import { refuseExisting, writeWhole } from '../tables/write-whole.js';
import { readPngFolder, writePngFolder } from './png-folder.js';

type Positional = Command & { readonly positional: string };

/** `picketfence fit-images FOLDER --out MODEL` */
export const fitImagesCommand = {
  name: 'fit-images',
  summary: 'learn small grey images: FOLDER --out MODEL [--parameters JSON] [--seed S]; a sub-folder a label',
  options: { out: { type: 'string' }, parameters: { type: 'string' }, seed: { type: 'string' } },
  positional: 'folder',
  run: (context, values) => {
    const [folder, out] = required(context, values, ['folder', 'out']);
    if (folder === undefined || out === undefined) return Promise.resolve(2);
    return runOnFile(context, folder, async (signal) => {
      refuseExisting(out);
      const given = textOf(values['parameters']);
      const parameters = given === undefined ? {} : parseJson(given, '--parameters');
      if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters))
        throw new StartRefused('--parameters is not a JSON object.');
      const random = Random.fromSeed(textOf(values['seed']) ?? '1').fork('fit');
      const images = await readPngFolder(folder);
      const options = { parameters: Object.fromEntries(Object.entries(parameters)), random, signal };
      const model = await fitImages(images, options);
      await writeWhole(out, [saveImageModel(model)], signal);
      context.print(`${out}: ${images.labels.length} images of ${images.names.join(', ')}.`);
    });
  },
} as const satisfies Positional;

/** `picketfence sample-images MODEL --images N --out FOLDER` */
export const sampleImagesCommand = {
  name: 'sample-images',
  summary: 'make images by a model: MODEL --images N --out FOLDER [--label L] [--seed S]',
  options: {
    images: { type: 'string', short: 'n' },
    out: { type: 'string' },
    label: { type: 'string' },
    seed: { type: 'string' },
  },
  positional: 'model',
  run: (context, values) => {
    const [path, out, images] = required(context, values, ['model', 'out', 'images']);
    if (path === undefined || out === undefined || images === undefined) return Promise.resolve(2);
    return runOnFile(context, path, async (signal) => {
      refuseExisting(out);
      if (!/^[1-9]\d{0,6}$/.test(images))
        throw new StartRefused(`--images ${images} is not a number of images.`);
      const model = loadImageModel(await readFile(path));
      const label = textOf(values['label']);
      const made = sampleImages(model, {
        images: Number(images),
        random: Random.fromSeed(textOf(values['seed']) ?? '1').fork('images'),
        ...(label === undefined ? {} : { label }),
      });
      const source = `picketfence ${model.generator} ${model.version}`;
      const count = await writePngFolder(out, made, { side: model.side, source, signal });
      context.print(`${out}: ${count} synthetic images.`);
    });
  },
} as const satisfies Positional;

/** `picketfence evaluate-images SYNTHETIC --train FOLDER --holdout FOLDER` */
export const evaluateImagesCommand = {
  name: 'evaluate-images',
  summary: 'compare images: SYNTHETIC --train FOLDER --holdout FOLDER, figures as JSON',
  options: { train: { type: 'string' }, holdout: { type: 'string' } },
  positional: 'folder',
  run: (context, values) => {
    const [folder, train, holdout] = required(context, values, ['folder', 'train', 'holdout']);
    if (folder === undefined || train === undefined || holdout === undefined) return Promise.resolve(2);
    return runOnFile(context, folder, async () => {
      const [learned, kept, made] = [await pictures(train), await pictures(holdout), await pictures(folder)];
      if (new Set([learned.side, kept.side, made.side]).size > 1)
        throw new StartRefused('The three folders have images of different sizes.');
      const figures = evaluateImages({ train: learned, holdout: kept, synthetic: made });
      context.print(JSON.stringify(figures, null, 2));
    });
  },
} as const satisfies Positional;

async function pictures(folder: string): Promise<Pictures> {
  const { side, pixels, labels, names } = await readPngFolder(folder);
  return { side, pixels, labels: Array.from(labels, (label) => names[label] ?? '') };
}

/** What must be given; complains and gives nothing when it is not. */
function required(
  { complain }: CommandContext,
  values: Readonly<Record<string, unknown>>,
  names: readonly string[],
): (string | undefined)[] {
  const texts = names.map((name) => textOf(values[name]));
  if (texts.includes(undefined)) complain(`Say all of: ${names.join(', ')}; picketfence help tells how.`);
  return texts;
}
