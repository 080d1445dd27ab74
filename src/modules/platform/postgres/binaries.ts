import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import type { SystemUser } from './system-user.js';

const useYourOwn = 'install PostgreSQL 15 or later and set DATABASE_URL.';

/** The folder of the npm package with the PostgreSQL binaries for this platform. */
export function binariesPackage(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return path.dirname(path.dirname(entry));
  } catch {
    throw new EmbeddedPostgresError(
      'UNSUPPORTED',
      `No PostgreSQL comes with picketfence for ${platform}, or npm left it out; ${useYourOwn}`,
    );
  }
}

/**
 * The `native` folder to run from: the package's own, mended when its install script did not run, or a copy beside the
 * data where the user PostgreSQL runs as cannot reach the package (a clone under root's home).
 */
export function runnableBinaries(source: string, user: SystemUser, stateDirectory: string): string {
  restoreSymlinks(source);
  if (canRun(source, user)) return path.join(source, 'native');
  const copy = path.join(stateDirectory, 'binaries');
  if (packageText(copy) !== packageText(source) || missingSymlinks(copy).length > 0)
    copyPackage(source, copy);
  if (canRun(copy, user)) return path.join(copy, 'native');
  throw new EmbeddedPostgresError(
    'UNSUPPORTED',
    `The PostgreSQL that comes with picketfence does not run on this system (musl, as in Alpine?); ${useYourOwn}`,
  );
}

export function postgresMajorVersion(native: string, user: SystemUser): string {
  return versionText(native, user)?.match(/(\d+)\.\d+/)?.[1] ?? '';
}

function canRun(packageFolder: string, user: SystemUser): boolean {
  return versionText(path.join(packageFolder, 'native'), user) !== undefined;
}

function versionText(native: string, user: SystemUser): string | undefined {
  const { status, stdout } = spawnSync(path.join(native, 'bin', 'postgres'), ['--version'], {
    ...user,
    cwd: path.parse(native).root,
    encoding: 'utf8',
  });
  return status === 0 ? stdout : undefined;
}

/** With `npm ci --ignore-scripts` the libraries lack their links, and nothing starts. */
function restoreSymlinks(packageFolder: string): void {
  if (missingSymlinks(packageFolder).length === 0) return;
  spawnSync(process.execPath, [path.join('scripts', 'hydrate-symlinks.js')], { cwd: packageFolder });
}

function missingSymlinks(packageFolder: string): string[] {
  const list = path.join(packageFolder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const links: unknown = JSON.parse(readFileSync(list, 'utf8'));
  if (!Array.isArray(links)) return [];
  return links
    .map((link: unknown) => (hasTarget(link) ? path.join(packageFolder, link.target) : ''))
    .filter((target) => target !== '' && lstatSync(target, { throwIfNoEntry: false }) === undefined);
}

function hasTarget(link: unknown): link is { target: string } {
  return typeof link === 'object' && link !== null && 'target' in link && typeof link.target === 'string';
}

function packageText(folder: string): string | undefined {
  const file = path.join(folder, 'package.json');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Copies under another name first: an interrupted copy must not pass for a whole one. */
function copyPackage(source: string, target: string): void {
  const unfinished = `${target}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(source, unfinished, { recursive: true, verbatimSymlinks: true });
  letEverybodyRead(unfinished);
  restoreSymlinks(unfinished);
  rmSync(target, { recursive: true, force: true });
  renameSync(unfinished, target);
}

function letEverybodyRead(entry: string): void {
  const stat = lstatSync(entry);
  if (stat.isSymbolicLink()) return;
  const runnable = stat.isDirectory() || (stat.mode & 0o100) !== 0;
  chmodSync(entry, (stat.mode & 0o777) | (runnable ? 0o755 : 0o644));
  if (!stat.isDirectory()) return;
  for (const name of readdirSync(entry)) letEverybodyRead(path.join(entry, name));
}
