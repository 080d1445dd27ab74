import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { postgresEnvironment, ownerName, type Cluster } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { commandLineOf, isErrorCode, isProcessAlive } from './process-facts.js';

export const loopback = '127.0.0.1';
const logBytesMax = 10_000_000;
const pollMs = 20;
/** Recovery after a crash may replay a lot of log before the server answers. */
const startMsMax = 120_000;
const stopMsMax = 30_000;

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** What postmaster.pid says, if a server wrote one and that process is alive. */
export function recordedPostmaster(data: string): Postmaster | undefined {
  const file = path.join(data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n').map(Number);
  if (!pid || !port || !isProcessAlive(pid)) return undefined;
  return { pid, port };
}

/**
 * Waits until the server left by an earlier run answers; undefined when there is none. The process number in the file
 * may have gone to somebody else since, then the file is stale and is removed.
 */
export async function adoptPostmaster(cluster: Cluster): Promise<Postmaster | undefined> {
  const deadline = performance.now() + startMsMax;
  while (performance.now() < deadline) {
    const found = recordedPostmaster(cluster.data);
    if (found === undefined) return undefined;
    if (await answersAsOurs(cluster, found.port)) return found;
    if (belongsToAnother(found.pid, cluster.data)) {
      rmSync(path.join(cluster.data, 'postmaster.pid'), { force: true });
      return undefined;
    }
    await sleep(pollMs * 5);
  }
  throw new EmbeddedPostgresError(
    'FAILED',
    `A PostgreSQL runs on ${cluster.data} but does not answer; look at ${logFile(cluster)}, and stop that process.`,
  );
}

function belongsToAnother(pid: number, data: string): boolean {
  const commandLine = commandLineOf(pid);
  return commandLine !== undefined && !commandLine.includes(data);
}

/** It is ours when it takes our password and serves our data folder. */
async function answersAsOurs(cluster: Cluster, port: number): Promise<boolean> {
  const client = new pg.Client({ ...connection(cluster, port), connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined); // A server that goes away between two messages shows in the query below.
  try {
    await client.connect();
    const { rows } = await client.query<{ directory: string }>(
      `select current_setting('data_directory') as directory`,
    );
    return rows[0] !== undefined && path.resolve(rows[0].directory) === path.resolve(cluster.data);
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

export function connection(cluster: Cluster, port: number): pg.ClientConfig {
  return { host: loopback, port, user: ownerName, password: cluster.password, database: 'postgres' };
}

/** Starts a server of its own process group that outlives us, logging to a file: a pipe would block an orphan. */
export async function launchPostmaster(
  cluster: Cluster,
  port: number,
  settings: Readonly<Record<string, string>>,
): Promise<Postmaster | 'port-taken'> {
  const logOffset = startLog(cluster);
  const log = openSync(logFile(cluster), 'a', 0o600);
  const child = spawn(
    path.join(cluster.native, 'bin', 'postgres'),
    serverArguments(cluster, port, settings),
    {
      ...cluster.user,
      cwd: path.parse(cluster.data).root,
      env: postgresEnvironment(),
      stdio: ['ignore', log, log],
      detached: true,
    },
  );
  closeSync(log);
  child.unref();
  const problem = await readiness(child, cluster, port);
  if (problem === undefined && child.pid !== undefined) return { pid: child.pid, port };
  const said = readFileSync(logFile(cluster), 'utf8').slice(logOffset).trim();
  if (said.includes('could not create any TCP/IP sockets')) return 'port-taken';
  throw new EmbeddedPostgresError(
    'FAILED',
    `PostgreSQL did not start: ${problem ?? 'no process'}\n${said.slice(-2000)}`,
  );
}

function serverArguments(
  cluster: Cluster,
  port: number,
  settings: Readonly<Record<string, string>>,
): string[] {
  const all = { listen_addresses: loopback, unix_socket_directories: '', port: String(port), ...settings };
  return ['-D', cluster.data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

async function readiness(child: ChildProcess, cluster: Cluster, port: number): Promise<string | undefined> {
  let ended: string | undefined;
  child.once('error', (error) => {
    ended = error.message;
  });
  child.once('exit', (code, signal) => {
    ended = `it ended with ${code ?? signal ?? '?'}`;
  });
  const deadline = performance.now() + startMsMax;
  while (performance.now() < deadline) {
    await sleep(pollMs);
    if (ended !== undefined) return ended;
    if (await answersAsOurs(cluster, port)) return undefined;
  }
  child.kill('SIGQUIT');
  return `it did not answer within ${startMsMax / 1000} seconds`;
}

function logFile(cluster: Cluster): string {
  return path.join(cluster.stateDirectory, 'postgres.log');
}

/** Keeps one older log; answers where this run's part begins. */
function startLog(cluster: Cluster): number {
  const size = statSync(logFile(cluster), { throwIfNoEntry: false })?.size ?? 0;
  if (size <= logBytesMax) return size;
  renameSync(logFile(cluster), `${logFile(cluster)}.1`);
  return 0;
}

/** Fast shutdown: sessions are ended, everything is written; the process is gone when this resolves. */
export async function stopPostmaster(cluster: Cluster, postmaster: Postmaster): Promise<void> {
  if (process.platform === 'win32') {
    spawn(path.join(cluster.native, 'bin', 'pg_ctl.exe'), ['stop', '-m', 'fast', '-D', cluster.data]);
  } else {
    signal(postmaster.pid, 'SIGINT');
  }
  if (await isGone(postmaster.pid, stopMsMax)) return;
  signal(postmaster.pid, 'SIGQUIT');
  if (await isGone(postmaster.pid, stopMsMax)) return;
  throw new EmbeddedPostgresError('FAILED', `PostgreSQL (process ${postmaster.pid}) does not stop.`);
}

async function isGone(pid: number, msMax: number): Promise<boolean> {
  const deadline = performance.now() + msMax;
  while (performance.now() < deadline) {
    if (!isProcessAlive(pid)) return true;
    await sleep(pollMs);
  }
  return false;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!isErrorCode(error, 'ESRCH')) throw error;
  }
}
