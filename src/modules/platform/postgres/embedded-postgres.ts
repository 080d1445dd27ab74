import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { binariesPackage, postgresMajorVersion, runnableBinaries } from './binaries.js';
import { openCluster, ownerName, type Cluster } from './cluster.js';
import { lockDirectory } from './directory-lock.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { freePort, isPortFree } from './free-port.js';
import {
  adoptPostmaster,
  connection,
  launchPostmaster,
  loopback,
  recordedPostmaster,
  stopPostmaster,
  type Postmaster,
} from './postmaster.js';
import { isErrorCode } from './process-facts.js';
import { makeDirectory, openStateDirectory } from './state-directory.js';

const databaseName = 'picketfence';
const portAttempts = 5;
const relaunchAttempts = 10;
const relaunchPauseMs = 500;

export interface EmbeddedPostgresOptions {
  /** Holds everything of this server; one server a directory. */
  readonly directory: string;
  readonly log: (line: string) => void;
  /** Server settings beyond ours, such as `{ fsync: 'off' }` in tests. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The folder of the npm package with the binaries; tests pass a copy of it. */
  readonly binaries?: string;
}

export interface EmbeddedPostgres {
  readonly ownerUrl: string;
  /** True when a server left by an earlier run was taken over. */
  readonly reused: boolean;
  /** True when the data folder was made just now. */
  readonly fresh: boolean;
  /** The number of the server process now; it changes with a restart. */
  pid(): number;
  /** False once the server has died of itself. */
  isRunning(): boolean;
  /** Starts the server again on the same port after it died. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the PostgreSQL that npm brought, or takes over the one an earlier run left behind. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const asked = path.resolve(options.directory);
  try {
    makeDirectory(asked);
    const directory = realpathSync(asked);
    const lock = await lockDirectory(directory);
    try {
      return await startLocked(directory, options, lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    if (!isErrorCode(error, 'EACCES', 'EPERM', 'EROFS') || error instanceof EmbeddedPostgresError)
      throw error;
    const reason = error instanceof Error ? error.message : '';
    throw new EmbeddedPostgresError(
      'FAILED',
      `${asked} belongs to another user or cannot be written (${reason}); ` +
        'run picketfence as that user, or set PICKETFENCE_HOME to another directory.',
    );
  }
}

async function startLocked(
  directory: string,
  options: EmbeddedPostgresOptions,
  lock: { release(): void },
): Promise<EmbeddedPostgres> {
  const { stateDirectory, user } = openStateDirectory(directory);
  if (stateDirectory !== directory) {
    options.log(
      `PostgreSQL cannot enter ${directory} as another user than root; its data is in ${stateDirectory}`,
    );
  }
  const native = runnableBinaries(options.binaries ?? binariesPackage(), user, stateDirectory);
  const fresh = !existsSync(path.join(stateDirectory, 'data'));
  const majorVersion = postgresMajorVersion(native, user);
  const cluster = await openCluster({ native, stateDirectory, user, majorVersion });
  const adopted = await adoptPostmaster(cluster);
  const settings = options.settings ?? {};
  let postmaster = adopted ?? (await launchOnFreePort(cluster, settings));
  try {
    await ensureDatabase(cluster, postmaster);
  } catch (error) {
    await stopPostmaster(cluster, postmaster);
    throw error;
  }
  options.log(
    `PostgreSQL ${adopted ? 'of an earlier run taken over' : 'started'} on port ${postmaster.port}`,
  );
  return {
    ownerUrl: `postgres://${ownerName}:${cluster.password}@${loopback}:${postmaster.port}/${databaseName}`,
    reused: adopted !== undefined,
    fresh,
    pid: () => postmaster.pid,
    isRunning: () => recordedPostmaster(cluster.data)?.pid === postmaster.pid,
    restart: async () => {
      postmaster = await relaunch(cluster, postmaster.port, settings);
    },
    stop: async () => {
      await stopPostmaster(cluster, postmaster);
      lock.release();
    },
  };
}

/** The port of last time if it is free: URLs that somebody noted down keep working. */
async function launchOnFreePort(
  cluster: Cluster,
  settings: Readonly<Record<string, string>>,
): Promise<Postmaster> {
  const file = path.join(cluster.stateDirectory, 'port');
  const recorded = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  let port = recorded > 0 && (await isPortFree(recorded, loopback)) ? recorded : await freePort(loopback);
  for (let attempt = 0; attempt < portAttempts; attempt += 1) {
    const launched = await launchPostmaster(cluster, port, settings);
    if (launched !== 'port-taken') {
      writeFileSync(file, `${port}\n`);
      return launched;
    }
    port = await freePort(loopback);
  }
  throw new EmbeddedPostgresError('FAILED', `PostgreSQL found no free port in ${portAttempts} attempts.`);
}

/** Sessions of the dead server hold its memory and its port for a moment, which refuses a new one. */
async function relaunch(
  cluster: Cluster,
  port: number,
  settings: Readonly<Record<string, string>>,
): Promise<Postmaster> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const launched = await launchPostmaster(cluster, port, settings);
      if (launched !== 'port-taken') return launched;
      throw new EmbeddedPostgresError('FAILED', `Port ${port} of PostgreSQL was taken by another program.`);
    } catch (error) {
      if (attempt === relaunchAttempts) throw error;
      await sleep(relaunchPauseMs);
    }
  }
}

async function ensureDatabase(cluster: Cluster, { port }: Postmaster): Promise<void> {
  const client = new pg.Client(connection(cluster, port));
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [databaseName]);
    if (rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}
