import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { access, mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { clearLeftovers } from './clear-leftovers.js';
import { isTemporaryName, temporaryName } from './temporary-name.js';

const now = new Date('2026-03-02T12:00:00Z');
const clock = { now: () => now };
const lately = new Date('2026-03-02T11:00:00Z');
const longAgo = new Date('2026-02-27T12:00:00Z');
const key = 'ab'.repeat(32);

/** A name as a process made it that has ended since. */
function nameOfTheDead(prefix = ''): string {
  const { pid } = spawnSync(process.execPath, ['--version']);
  return temporaryName(prefix).replace(`~${process.pid}~`, `~${pid}~`);
}

const nameFromElsewhere = (): string => temporaryName().replace(/^~[^~]*~/, '~another-machine~');

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'picketfence-leftovers-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function make(path: string, changedAt = lately): Promise<() => Promise<boolean>> {
  const full = join(home, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, 'source rows');
  await utimes(full, changedAt, changedAt);
  return () =>
    access(full).then(
      () => true,
      () => false,
    );
}

it.each([
  ['a half received extract', () => `objects/real-zone/incoming/${nameOfTheDead()}`],
  ['a half written candidate', () => `objects/quarantine/incoming/${nameOfTheDead()}`],
  ['a half converted extract', () => `objects/real-zone/ab/${nameOfTheDead(`${key}.parquet`)}`],
  ['a half copied release', () => `objects/release/${nameOfTheDead('.staging')}`],
  ['an engine with source rows', () => `scratch/${nameOfTheDead('engine')}`],
])('clears away %s of a dead process', async (_, pathOf) => {
  const isThere = await make(pathOf());
  expect(await clearLeftovers(home, clock)).toBe(1);
  expect(await isThere()).toBe(false);
});

it.each([
  ['what a living process is at', () => `objects/real-zone/incoming/${temporaryName()}`, longAgo, true],
  [
    'what another machine changed lately',
    () => `objects/real-zone/incoming/${nameFromElsewhere()}`,
    lately,
    true,
  ],
  [
    'what another machine left long ago',
    () => `objects/real-zone/incoming/${nameFromElsewhere()}`,
    longAgo,
    false,
  ],
  ['a nameless file of long ago', () => 'objects/real-zone/incoming/0b8d', longAgo, false],
  ['a nameless file of lately', () => 'scratch/engine-x1', lately, true],
  ['a stored extract', () => `objects/real-zone/ab/${key}`, longAgo, true],
  ['a converted extract', () => `objects/real-zone/ab/${key}.parquet`, longAgo, true],
  ['a release', () => 'objects/release/PF-0001-title-0123456789ab', longAgo, true],
  ['anything else', () => `postgres/${nameOfTheDead()}`, longAgo, true],
])('decides about %s', async (_, pathOf, changedAt, stays) => {
  const isThere = await make(pathOf(), changedAt);
  await clearLeftovers(home, clock);
  expect(await isThere()).toBe(stays);
});

it('has nothing to do in an empty folder', async () => {
  expect(await clearLeftovers(join(home, 'not-there'), clock)).toBe(0);
});

it('tells temporary names from all others', () => {
  expect(isTemporaryName(temporaryName())).toBe(true);
  for (const name of [key, `${key}.parquet`, 'PF-0001-a-b', 'incoming'])
    expect(isTemporaryName(name)).toBe(false);
});
