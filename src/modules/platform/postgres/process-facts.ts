import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export function isErrorCode(error: unknown, ...codes: readonly string[]): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    codes.some((code) => code === error.code)
  );
}

/** A process of another user counts as alive, a zombie that nobody has collected does not. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return isErrorCode(error, 'EPERM');
  }
  return linuxStat(pid)?.[0] !== 'Z';
}

/** Tells two processes with the same number apart; empty where the system does not say. */
export function processBirth(pid: number): string {
  if (process.platform === 'win32') return '';
  return (
    linuxStat(pid)?.[19] ??
    spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)])
      .stdout.toString()
      .trim()
  );
}

/** The parent of another process, where /proc tells. */
export function parentOf(pid: number): number | undefined {
  const parent = linuxStat(pid)?.[1];
  return parent === undefined ? undefined : Number(parent);
}

/** The command line, or undefined where it cannot be seen. */
export function commandLineOf(pid: number): string | undefined {
  if (process.platform === 'win32') return undefined;
  const text =
    readQuietly(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ') ??
    spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
  return text.trim() === '' ? undefined : text;
}

/** The fields of /proc/<pid>/stat from the state on; the name before it may hold blanks and brackets. */
function linuxStat(pid: number): string[] | undefined {
  const text = readQuietly(`/proc/${pid}/stat`);
  return text?.slice(text.lastIndexOf(')') + 2).split(' ');
}

function readQuietly(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
