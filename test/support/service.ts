import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '../../src/commands/example/api-client.js';
import { demoPassword } from '../../src/modules/identity/demo-people.js';
import { createTestDatabase, dist, type TestDatabase } from './databases.js';

/** One of the two processes, as the tests hold it. */
export class ServiceProcess {
  private child: ChildProcess | undefined;

  constructor(
    private readonly script: 'main' | 'worker',
    private readonly environment: NodeJS.ProcessEnv,
    readonly logFile: string,
  ) {}

  start(more: NodeJS.ProcessEnv = {}): void {
    const log = openSync(this.logFile, 'a');
    this.child = spawn(process.execPath, ['--enable-source-maps', join(dist, 'src', `${this.script}.js`)], {
      env: { ...this.environment, ...more },
      stdio: ['ignore', log, log],
    });
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  get isRunning(): boolean {
    return this.child?.exitCode === null && this.child.signalCode === null;
  }

  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  log(): string {
    return readFileSync(this.logFile, 'utf8');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (!child || !this.isRunning) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}

export interface Service {
  readonly baseUrl: string;
  readonly home: string;
  readonly database: TestDatabase;
  readonly server: ServiceProcess;
  readonly worker: ServiceProcess;
  /** A demo person, by the part of the e-mail address before the @. */
  as(who: string): Promise<ApiClient>;
  /** What a demo person sends to be known by, for requests that the client does not make. */
  tokenOf(who: string): Promise<string>;
  untilReady(): Promise<void>;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

const readyMsMax = 60_000;

async function untilReady(baseUrl: string, server: ServiceProcess): Promise<void> {
  const deadline = performance.now() + readyMsMax;
  for (;;) {
    const answer = await fetch(`${baseUrl}/readyz`).catch(() => null);
    if (answer?.ok) return;
    if (!server.isRunning || performance.now() > deadline) throw new Error(`Not ready:\n${server.log()}`);
    await sleep(50);
  }
}

async function tokenOf(baseUrl: string, email: string): Promise<string> {
  const { token } = await ApiClient.anonymous(baseUrl).call<{ token: string }>(
    `mutation ($email: String!, $password: String!) {
       signIn(email: $email, password: $password) { ... on Session { token } }
     }`,
    { email, password: demoPassword },
  );
  return token;
}

/** The halves of the people follow from it: the same ones in every run. */
function keepPeopleKey(home: string): void {
  mkdirSync(join(home, 'secrets'), { recursive: true, mode: 0o700 });
  writeFileSync(join(home, 'secrets', 'people-key'), '42'.repeat(32), { mode: 0o600 });
}

/** The real server and worker over a database and a folder of their own, in demo mode. */
export async function startService(
  options: {
    env?: NodeJS.ProcessEnv | ((baseUrl: string, database: TestDatabase) => Promise<NodeJS.ProcessEnv>);
  } = {},
): Promise<Service> {
  const home = mkdtempSync(join(tmpdir(), 'picketfence-story-'));
  const database = await createTestDatabase(home);
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const more = typeof options.env === 'function' ? await options.env(baseUrl, database) : options.env;
  const environment = {
    PATH: process.env['PATH'],
    PICKETFENCE_MODE: 'demo',
    PICKETFENCE_HOME: home,
    PICKETFENCE_JOB_LOCK_MS: '2000',
    // What the clock does stays out of the way of stories that are not about it.
    PICKETFENCE_SWEEP_MS: '3600000',
    HOST: '127.0.0.1',
    PORT: String(port),
    DATABASE_APP_URL: database.appUrl,
    ...more,
  };
  keepPeopleKey(home);
  const server = new ServiceProcess('main', environment, join(home, 'server.log'));
  const worker = new ServiceProcess('worker', environment, join(home, 'worker.log'));
  server.start();
  worker.start();
  await untilReady(baseUrl, server);
  return {
    baseUrl,
    home,
    database,
    server,
    worker,
    as: (who) => ApiClient.signIn(baseUrl, `${who}@demo.example`, demoPassword),
    tokenOf: (who) => tokenOf(baseUrl, `${who}@demo.example`),
    untilReady: () => untilReady(baseUrl, server),
    stop: async () => {
      await Promise.all([server.stop(), worker.stop()]);
      await database.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
