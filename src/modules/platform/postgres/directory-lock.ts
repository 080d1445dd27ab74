import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isErrorCode, isProcessAlive, processBirth } from './process-facts.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

const attempts = 20;

/** Marks the directory as taken by this process; a mark left by a dead process counts for nothing. */
export async function lockDirectory(directory: string): Promise<{ release(): void }> {
  const file = path.join(directory, 'lock');
  const mine = `${process.pid} ${processBirth(process.pid)}\n`;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (tryCreate(file, mine))
      return {
        release: () => {
          releaseIfMine(file, mine);
        },
      };
    const found = readIfThere(file);
    if (found === undefined) continue;
    if (found === '') {
      await sleep(25); // Its owner is between making and writing it; if that lasts, its owner died there.
      if (attempt < attempts - 2) continue;
    }
    const holder = holderOf(found);
    if (holder !== undefined) throw inUse(directory, holder);
    removeStale(file, found);
  }
  throw new EmbeddedPostgresError('IN_USE', `Several processes fight for ${file}; start one at a time.`);
}

function inUse(directory: string, holder: number): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'IN_USE',
    `Another picketfence (process ${holder}) is using ${directory}; stop it first, ` +
      'or give this one a directory of its own with PICKETFENCE_HOME.',
  );
}

/** The process that took the lock, if it still runs; a number alone is not enough, as numbers come back. */
function holderOf(content: string): number | undefined {
  const [pid = '', ...birth] = content.trim().split(' ');
  const number = Number(pid);
  if (!Number.isSafeInteger(number) || number <= 0 || !isProcessAlive(number)) return undefined;
  return birth.join(' ') === processBirth(number) ? number : undefined;
}

/** Moves the file away first: when two find it stale, one gets it, and a lock taken meanwhile is put back. */
function removeStale(file: string, stale: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return;
    throw error;
  }
  if (readIfThere(aside) === stale) rmSync(aside, { force: true });
  else renameSync(aside, file);
}

function tryCreate(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if (isErrorCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function releaseIfMine(file: string, mine: string): void {
  if (readIfThere(file) === mine) rmSync(file, { force: true });
}
