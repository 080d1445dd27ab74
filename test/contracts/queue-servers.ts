import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueSettings } from '../../src/modules/platform/queue/queue-backend.js';
import { createTestDatabase } from '../support/databases.js';
import { interruptDatabase } from '../support/interrupt-database.js';
import { freePort } from '../../src/modules/platform/postgres/free-port.js';

/** What a queue stands on, as the contract needs it. */
export interface QueueServer {
  readonly settings: QueueSettings;
  /** Goes away under its clients, for a moment, and comes back with what it held. */
  interrupt(): Promise<void>;
  stop(): Promise<void>;
}

const awayMs = 1500;

export async function startPostgresQueue(): Promise<QueueServer> {
  const home = mkdtempSync(join(tmpdir(), 'picketfence-queue-'));
  const database = await createTestDatabase(home);
  const interrupt = (): Promise<void> => interruptDatabase(database);
  const stop = async (): Promise<void> => {
    await database.drop();
    rmSync(home, { recursive: true, force: true });
  };
  return { settings: { redisUrl: undefined, databaseUrl: database.appUrl }, interrupt, stop };
}

export const hasRedisServer = spawnSync('redis-server', ['--version']).status === 0;

/** A server of our own, where there is the program for it. */
export async function startRedisQueue(): Promise<QueueServer> {
  const folder = mkdtempSync(join(tmpdir(), 'picketfence-redis-'));
  const port = await freePort('127.0.0.1');
  let server = await startRedis(port, folder);
  const kill = async (): Promise<void> => {
    server.kill('SIGKILL');
    await once(server, 'exit');
  };
  return {
    settings: { redisUrl: `redis://127.0.0.1:${port}`, databaseUrl: '' },
    interrupt: async () => {
      await kill();
      await sleep(awayMs);
      server = await startRedis(port, folder);
    },
    stop: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startRedis(port: number, folder: string): Promise<ChildProcess> {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
  const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'];
  const child = spawn('redis-server', [...settings, ...durable], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const text of child.stdout) {
    if (String(text).includes('Ready to accept connections')) break;
  }
  return child;
}
