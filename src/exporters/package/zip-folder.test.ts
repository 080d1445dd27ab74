import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
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

  it('opens with another program', async () => {
    const folder = await aFolder(['b.csv', 'sub/a.csv']);
    const path = join(folder, '..', `${folder.split('/').at(-1) ?? ''}.zip`);
    await writeFile(path, await buffer(await zipFolder(folder)));
    const script =
      'import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);print(z.testzip(),{n:z.read(n).decode() for n in z.namelist()})';
    const { stdout } = await promisify(execFile)('python3', ['-c', script, path]);
    await rm(path);
    expect(stdout.trim()).toBe("None {'b.csv': 'bytes of b.csv', 'sub/a.csv': 'bytes of sub/a.csv'}");
  });
});
