import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { LocalObjectStore } from './local-object-store.js';

let directory: string;
let store: LocalObjectStore;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'picketfence-objects-'));
  store = new LocalObjectStore(directory);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text));
}

async function* failing(afterChunks: number): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < afterChunks; index += 1)
    yield await Promise.resolve(Buffer.alloc(100_000, 'x'));
  throw new Error('the line went dead');
}

const filesIn = async (): Promise<string[]> => {
  const found = await readdir(directory, { recursive: true, withFileTypes: true });
  return found.filter((one) => one.isFile()).map(({ name }) => name);
};

it('names an object by its bytes, and gives them back', async () => {
  const { key, bytes } = await store.put(chunks('hel', 'lo'));
  expect(key).toBe(createHash('sha256').update('hello').digest('hex'));
  expect(bytes).toBe(5);
  expect((await buffer(store.open(key))).toString()).toBe('hello');
  expect(await store.isIntact(key)).toBe(true);
  expect((await stat(store.localPath(key))).mode & 0o077).toBe(0);
});

it('keeps the same bytes once, also when they come twice at the same time', async () => {
  const stored = await Promise.all([1, 2, 3].map(() => store.put(chunks('same'))));
  expect(new Set(stored.map(({ key }) => key)).size).toBe(1);
  expect(await filesIn()).toEqual([stored[0]?.key]);
});

it.each([0, 1, 20])('leaves nothing when the bytes fail after %d chunks', async (afterChunks) => {
  for (let time = 0; time < 20; time += 1) {
    await expect(store.put(failing(afterChunks))).rejects.toThrow('the line went dead');
  }
  expect(await filesIn()).toEqual([]);
});

it('stores the empty object', async () => {
  const { key, bytes } = await store.put(chunks());
  expect(bytes).toBe(0);
  expect(await store.isIntact(key)).toBe(true);
});

it('sees bytes that were changed, cut or taken away', async () => {
  const { key } = await store.put(chunks('hello'));
  for (const text of ['hellO', 'hell', '']) {
    await writeFile(store.localPath(key), text);
    expect(await store.isIntact(key)).toBe(false);
  }
  await rm(store.localPath(key));
  expect(await store.isIntact(key)).toBe(false);
});

it.each([
  '',
  '..',
  '../../etc/passwd',
  'A'.repeat(64),
  'a'.repeat(63),
  `${'a'.repeat(64)}/x`,
  `${'a'.repeat(64)}\n`,
])('takes no key but a hash: %j', async (key) => {
  expect(() => store.localPath(key)).toThrow('An object key is a SHA-256 in hex.');
  expect(() => store.derivedPath(key, 'parquet')).toThrow();
  expect(() => store.open(key)).toThrow();
  expect(await store.isIntact(key)).toBe(false);
});
