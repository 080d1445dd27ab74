import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../../core/time/clock.js';
import { isTemporaryName, makerOf } from './temporary-name.js';

/** What another machine left, or something without a maker's name, is cleared away when it has not changed for a day. */
const untouchedMsMax = 24 * 3_600_000;

const hashShard = /^[0-9a-f]{2}$/;

/**
 * Removes what processes that were killed have left unfinished below the data folder: half received extracts, half
 * written candidates, half copied releases, scratch files with source rows. Returns how many there were.
 */
export async function clearLeftovers(home: string, clock: Clock): Promise<number> {
  const zones = ['real-zone', 'models', 'quarantine'].map((zone) => join(home, 'objects', zone));
  const shards = await Promise.all(zones.map(shardsOf));
  const found = await Promise.all([
    ...[
      join(home, 'scratch'),
      join(home, 'objects', 'models', 'unfinished'),
      ...zones.map((zone) => join(zone, 'incoming')),
    ].map((folder) => abandonedIn(folder, clock, () => true)),
    ...unfinishedIn(home, shards.flat()).map((folder) => abandonedIn(folder, clock, isTemporaryName)),
  ]);
  const paths = found.flat();
  for (const path of paths) await rm(path, { recursive: true, force: true });
  return paths.length;
}

/** Folders where what is finished lies beside what is not. */
const unfinishedIn = (home: string, shards: readonly string[]): string[] => [
  join(home, 'objects', 'release'),
  join(home, 'objects', 'real-zone', 'sketches'),
  ...shards,
];

async function shardsOf(zone: string): Promise<string[]> {
  return (await namesIn(zone)).filter((name) => hashShard.test(name)).map((name) => join(zone, name));
}

async function abandonedIn(
  folder: string,
  clock: Clock,
  isUnfinished: (name: string) => boolean,
): Promise<string[]> {
  const abandoned: string[] = [];
  for (const name of (await namesIn(folder)).filter(isUnfinished)) {
    const path = join(folder, name);
    const maker = makerOf(name);
    if (maker === 'gone' || (maker === 'unknown' && (await isUntouched(path, clock)))) abandoned.push(path);
  }
  return abandoned;
}

async function isUntouched(path: string, clock: Clock): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && clock.now().getTime() - found.mtimeMs > untouchedMsMax;
}

function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
