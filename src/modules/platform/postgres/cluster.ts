import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { systemEnvironment } from '../config/system-environment.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import type { SystemUser } from './system-user.js';

export const ownerName = 'picketfence';

export interface Cluster {
  readonly native: string;
  readonly stateDirectory: string;
  readonly data: string;
  readonly user: SystemUser;
  readonly password: string;
}

interface ClusterPlace {
  readonly native: string;
  readonly stateDirectory: string;
  readonly user: SystemUser;
  readonly majorVersion: string;
}

/** The cluster in the state directory, made there when there is none yet. */
export async function openCluster(place: ClusterPlace): Promise<Cluster> {
  const data = path.join(place.stateDirectory, 'data');
  const passwordFile = path.join(place.stateDirectory, 'password');
  if (!existsSync(path.join(data, 'PG_VERSION'))) {
    refuseToOverwrite(data);
    writeSecret(passwordFile, randomBytes(24).toString('base64url'), place.user);
    await initialise({ ...place, data, passwordFile });
  }
  refuseOtherVersion(data, place.majorVersion);
  const password = readFileSync(passwordFile, 'utf8').trim();
  return { native: place.native, stateDirectory: place.stateDirectory, user: place.user, data, password };
}

/** Makes the data under another name and renames it when whole: an interrupted first run heals itself. */
async function initialise(place: ClusterPlace & { data: string; passwordFile: string }): Promise<void> {
  const unfinished = `${place.data}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  if (place.user) chownSync(unfinished, place.user.uid, place.user.gid);
  await run(path.join(place.native, 'bin', 'initdb'), place.user, [
    ...['-D', unfinished, '-U', ownerName, '--pwfile', place.passwordFile, '--auth=scram-sha-256', '-k'],
    ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ]);
  renameSync(unfinished, place.data);
}

/** PostgreSQL gets no setting of ours by accident: no PGDATA, PGPORT and the like, no language of messages. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  return { ...systemEnvironment(), LC_ALL: 'C', TZ: 'UTC' };
}

async function run(program: string, user: SystemUser, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, {
    ...user,
    cwd: path.parse(program).root,
    env: postgresEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-4000);
    });
  }
  const problem = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => {
      resolve(error.message);
    });
    child.once('close', (code, signal) => {
      resolve(code === 0 ? undefined : `it ended with ${code ?? signal ?? '?'}`);
    });
  });
  if (problem === undefined) return;
  throw new EmbeddedPostgresError(
    'FAILED',
    `${path.basename(program)} could not make a database: ${problem}\n${output}`,
  );
}

function writeSecret(file: string, text: string, user: SystemUser): void {
  rmSync(file, { force: true });
  writeFileSync(file, `${text}\n`, { mode: 0o600, flag: 'wx' });
  if (user) chownSync(file, user.uid, user.gid);
}

function refuseToOverwrite(data: string): void {
  if (!existsSync(data)) return;
  throw new EmbeddedPostgresError(
    'FAILED',
    `${data} exists but is no PostgreSQL data folder; move it away, and a new one is made.`,
  );
}

function refuseOtherVersion(data: string, majorVersion: string): void {
  const found = readFileSync(path.join(data, 'PG_VERSION'), 'utf8').trim();
  if (found === majorVersion) return;
  throw new EmbeddedPostgresError(
    'FAILED',
    `${data} was made by PostgreSQL ${found}, and this picketfence brings ${majorVersion}; ` +
      'dump it with the picketfence that made it, or set PICKETFENCE_HOME to another directory.',
  );
}
