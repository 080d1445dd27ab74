import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { unzip } from './unzip.js';
import { zipFolder } from './zip-folder.js';

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

async function aFolder(order: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'picketfence-zip-'));
  folders.push(folder);
  await mkdir(join(folder, 'sub'));
  for (const name of order) await writeFile(join(folder, name), `bytes of ${name}`);
  return folder;
}

describe('a folder as a zip archive', () => {
  it('is the same bytes, whenever and in whatever order its files were written', async () => {
    const one = await aFolder(['b.csv', 'sub/a.csv']);
    const other = await aFolder(['sub/a.csv', 'b.csv']);
    await utimes(join(other, 'b.csv'), 1, 1);
    const [first, second] = [await buffer(await zipFolder(one)), await buffer(await zipFolder(other))];
    expect(first.equals(second)).toBe(true);
  });

  it('is unpacked to the same files', async () => {
    const archive = await anArchive(['b.csv', 'sub/a.csv']);
    const target = await aFolder([]);
    await unzip(archive, target);
    for (const name of ['b.csv', 'sub/a.csv'])
      expect(await readFile(join(target, name), 'utf8')).toBe(`bytes of ${name}`);
  });

  it('is not unpacked when a name in it leads out, or when it is none', async () => {
    const archive = await anArchive(['b.csv', 'sub/a.csv']);
    const bytes = await readFile(archive);
    // Twice: before the bytes, and in the list at the end.
    const leading = Buffer.from(
      bytes.toString('latin1').replaceAll('sub/a.csv', '../../a.cs'.slice(0, 9)),
      'latin1',
    );
    await writeFile(archive, leading);
    await expect(unzip(archive, await aFolder([]))).rejects.toThrow('../');
    await writeFile(archive, bytes.subarray(0, 40));
    await expect(unzip(archive, await aFolder([]))).rejects.toThrow();
  });
});

async function anArchive(files: readonly string[]): Promise<string> {
  const archive = join(await aFolder([]), 'archive.zip');
  await writeFile(archive, await buffer(await zipFolder(await aFolder(files))));
  return archive;
}
