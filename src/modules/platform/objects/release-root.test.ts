import { mkdtempSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalObjectStore } from './local-object-store.js';
import { RecordedZone } from './recorded-zone.js';
import { ChangedBytesError, type ReleaseFile, ReleaseRoot } from './release-root.js';

let home: string;
let stored: LocalObjectStore;
let quarantine: RecordedZone;
let root: ReleaseRoot;
let files: ReleaseFile[];
let noted: string[];

const zoneOf = (store: LocalObjectStore): RecordedZone =>
  new RecordedZone('quarantine', store, {
    note: (zone, key) => {
      noted.push(`${zone} ${key}`);
      return Promise.resolve();
    },
  });

async function store(text: string): Promise<string> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from(text));
  }
  return (await quarantine.put(bytes())).key;
}

beforeEach(async () => {
  noted = [];
  home = mkdtempSync(join(tmpdir(), 'picketfence-release-'));
  stored = new LocalObjectStore(join(home, 'quarantine'));
  quarantine = zoneOf(stored);
  root = new ReleaseRoot(join(home, 'release'));
  files = [
    { name: 'data.csv', sha256: await store('a,b\n1,2\n') },
    { name: 'manifest.json', sha256: await store('{}') },
  ];
});
afterEach(() => rm(home, { recursive: true, force: true }));

const folders = (): Promise<string[]> => readdir(join(home, 'release'));

it('publishes every file, and nothing beside the folder', async () => {
  await root.publish('PF-0001', files, quarantine);
  expect(await folders()).toEqual(['PF-0001']);
  expect(await readdir(join(home, 'release', 'PF-0001'))).toEqual(['data.csv', 'manifest.json']);
  for (const file of files) expect(await root.isIntact('PF-0001', file)).toBe(true);
  expect(new Set(noted)).toEqual(new Set(files.map(({ sha256 }) => `quarantine ${sha256}`)));
});

it('leaves a folder alone that holds the same already, as after a crash between the rename and the commit', async () => {
  await root.publish('PF-0001', files, quarantine);
  const { ino } = await stat(join(home, 'release', 'PF-0001'));
  await rm(join(home, 'quarantine'), { recursive: true });
  await root.publish('PF-0001', files, quarantine);
  expect((await stat(join(home, 'release', 'PF-0001'))).ino).toBe(ino);
});

it('puts right a folder that holds something else', async () => {
  await mkdir(join(home, 'release', 'PF-0001'), { recursive: true });
  await writeFile(join(home, 'release', 'PF-0001', 'data.csv'), 'half');
  await writeFile(join(home, 'release', 'PF-0001', 'stray.csv'), 'not approved');
  await root.publish('PF-0001', files, quarantine);
  expect(await readdir(join(home, 'release', 'PF-0001'))).toEqual(['data.csv', 'manifest.json']);
  expect(await readFile(join(home, 'release', 'PF-0001', 'data.csv'), 'utf8')).toBe('a,b\n1,2\n');
});

it('ends whole when several workers publish the same at once', async () => {
  await Promise.all(
    Array.from({ length: 8 }, () => root.publish('PF-0001', files, quarantine).catch(() => null)),
  );
  expect(await folders()).toEqual(['PF-0001']);
  for (const file of files) expect(await root.isIntact('PF-0001', file)).toBe(true);
});

it.each(['changed', 'gone'])('publishes nothing when one file is %s', async (how) => {
  const path = stored.localPath(files[1]!.sha256);
  if (how === 'gone') await rm(path);
  else await writeFile(path, '{"forged":true}');
  await expect(root.publish('PF-0001', files, quarantine)).rejects.toThrow(ChangedBytesError);
  expect(await folders()).toEqual([]);
});

it('publishes nothing when the bytes change after they were looked at', async () => {
  const late = new LocalObjectStore(join(home, 'quarantine'));
  late.isIntact = async (key) => {
    const wasIntact = await stored.isIntact(key);
    await writeFile(stored.localPath(key), 'forged');
    return wasIntact;
  };
  await expect(root.publish('PF-0001', files, zoneOf(late))).rejects.toThrow(ChangedBytesError);
  expect(await folders()).toEqual([]);
});

it('sees a released file that was changed or is gone', async () => {
  await root.publish('PF-0001', files, quarantine);
  const [file] = files;
  await writeFile(join(home, 'release', 'PF-0001', 'data.csv'), 'a,b\n1,3\n');
  expect(await root.isIntact('PF-0001', file!)).toBe(false);
  await rm(join(home, 'release', 'PF-0001', 'data.csv'));
  expect(await root.isIntact('PF-0001', file!)).toBe(false);
});

it.each(['..', '.', '', '../quarantine', 'a/b', 'a\\b', '/etc', 'a\0b', '.staging'])(
  'keeps to its own directory: %j',
  async (name) => {
    await expect(root.publish(name, files, quarantine)).rejects.toThrow('is not a name');
    const [file] = files;
    const elsewhere = [{ ...file!, name }];
    await expect(root.publish('PF-0001', elsewhere, quarantine)).rejects.toThrow('is not a name');
    expect(() => root.open(name, 'data.csv')).toThrow('is not a name');
    expect(() => root.open('PF-0001', name)).toThrow('is not a name');
    expect(await folders().catch(() => [])).toEqual([]);
  },
);
