import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decode, encode } from 'fast-png';
import { imageSetOf } from '../../generators/images/image-set.js';
import type { ImageSet, LabelledImage } from '../../generators/images/image-set.js';
import { StartRefused } from '../start-refused.js';

/** The folder's images: one sub-folder for each label, grey or colour PNG of one square size. @throws {StartRefused} {ImageSetError} */
export async function readPngFolder(folder: string): Promise<ImageSet> {
  const entries = await readdir(folder, { withFileTypes: true });
  const labels = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const images: LabelledImage[] = [];
  let side = 0;
  for (const label of labels.sort()) {
    const files = (await readdir(join(folder, label))).filter((name) => /\.png$/i.test(name));
    for (const name of files.sort()) {
      const path = join(folder, label, name);
      const pixels = greyPixels(await readFile(path), path);
      side ||= Math.sqrt(pixels.length);
      if (pixels.length !== side * side)
        throw new StartRefused(`${path} is not ${side} x ${side} pixels as the first image is.`);
      images.push({ label, pixels });
    }
  }
  if (images.length === 0)
    throw new StartRefused('It has no sub-folders of PNG images; the name of a sub-folder is the label.');
  return imageSetOf(side, images);
}

/** Luminance by ITU-R BT.601; alpha is ignored. @throws {StartRefused} */
function greyPixels(bytes: Uint8Array, path: string): Uint8Array {
  const { width, height, data, channels, depth, palette } = decodeOrRefuse(bytes, path);
  if (width !== height) throw new StartRefused(`${path} is ${width} x ${height} pixels, not a square.`);
  if (palette || (depth !== 8 && depth !== 16))
    throw new StartRefused(
      `${path} has a palette or ${depth} bits; 8 or 16 bits of grey or colour are read.`,
    );
  const scale = depth === 16 ? 1 / 257 : 1;
  return Uint8Array.from({ length: width * height }, (_, at) => {
    const value = (channel: number): number => (data[at * channels + channel] ?? 0) * scale;
    return Math.round(channels < 3 ? value(0) : 0.299 * value(0) + 0.587 * value(1) + 0.114 * value(2));
  });
}

function decodeOrRefuse(bytes: Uint8Array, path: string): ReturnType<typeof decode> {
  try {
    return decode(bytes);
  } catch (error) {
    throw new StartRefused(`${path} is no PNG: ${error instanceof Error ? error.message : '?'}`);
  }
}

/** Writes each into the sub-folder of its label, with what it is in the file itself (tEXt). @returns how many */
export async function writePngFolder(
  folder: string,
  images: AsyncIterable<LabelledImage>,
  about: { readonly side: number; readonly source: string; readonly signal: AbortSignal },
): Promise<number> {
  const { side, source, signal } = about;
  let count = 0;
  for await (const { label, pixels } of images) {
    signal.throwIfAborted();
    if (label === '.' || label === '..' || /[/\\\0]/.test(label))
      throw new StartRefused(`The label ${JSON.stringify(label)} cannot be the name of a folder.`);
    count += 1;
    await mkdir(join(folder, label), { recursive: true });
    const text = { Label: label, Synthetic: 'yes: made by a model, of nobody', Source: source };
    const png = encode({ width: side, height: side, data: pixels, channels: 1, depth: 8, text });
    await writeFile(join(folder, label, `synthetic-${String(count).padStart(6, '0')}.png`), png, {
      flag: 'wx',
    });
  }
  return count;
}
