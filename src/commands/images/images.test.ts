import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { Random } from '../../core/random/random.js';
import { imageAt } from '../../generators/images/image-set.js';
import type { ImageSet, LabelledImage } from '../../generators/images/image-set.js';
import { shapes } from '../../generators/images/testing/shapes.js';
import type { Command } from '../command.js';
import { evaluateImagesCommand, fitImagesCommand, sampleImagesCommand } from './image-commands.js';
import { readPngFolder, writePngFolder } from './png-folder.js';

const { signal } = new AbortController();
let folder: string;
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'images-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function* listed(set: ImageSet): AsyncGenerator<LabelledImage> {
  for (const [place, label] of set.labels.entries())
    yield await Promise.resolve({ label: set.names[label]!, pixels: imageAt(set, place) });
}

const run = async (command: Command, values: Record<string, unknown>): Promise<[number, string]> => {
  const lines: string[] = [];
  const print = (line: string): unknown => lines.push(line);
  const context = {
    print,
    complain: print,
    environment: {},
    loadConfig: () => {
      throw new Error('not asked for');
    },
  };
  return [await command.run(context, values), lines.join('\n')];
};

it('images go from a folder through a model to a folder that says what they are, and are compared', async () => {
  for (const name of ['train', 'holdout'])
    await writePngFolder(at(name), listed(shapes(90, 8, Random.fromSeed(name))), {
      side: 8,
      source: 'rule',
      signal,
    });
  const parameters = JSON.stringify({ stepsMax: 4, batchRows: 10, channels: 2, noise: 4, criticSteps: 1 });
  const [fitted] = await run(fitImagesCommand, { folder: at('train'), out: at('model'), parameters });
  expect(fitted).toBe(0);
  const [made] = await run(sampleImagesCommand, { model: at('model'), images: '60', out: at('made') });
  expect(made).toBe(0);
  const set = await readPngFolder(at('made'));
  expect(set.labels).toHaveLength(60);
  const [label = ''] = await readdir(at('made'));
  const [file = ''] = await readdir(at(`made/${label}`));
  expect(decode(await readFile(at(`made/${label}/${file}`))).text).toEqual({
    Label: label,
    Synthetic: 'yes: made by a model, of nobody',
    Source: 'picketfence image-gan 1.0.0',
  });
  const compared = { folder: at('made'), train: at('train'), holdout: at('holdout') };
  const [code, text] = await run(evaluateImagesCommand, compared);
  expect(code).toBe(0);
  expect((JSON.parse(text) as { frechet: number }).frechet).toBeGreaterThan(0);
});

it('what is no folder of square images is refused by its name', async () => {
  await writePngFolder(at('odd'), listed(shapes(3, 8, Random.fromSeed('odd'))), {
    side: 8,
    source: 'rule',
    signal,
  });
  const [label = ''] = await readdir(at('odd'));
  await writeFile(at(`odd/${label}/broken.png`), 'no image');
  const [code, text] = await run(fitImagesCommand, { folder: at('odd'), out: at('none') });
  expect(code).toBe(2);
  expect(text).toContain('broken.png is no PNG');
});
