import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { binariesPackage } from '../../src/modules/platform/postgres/binaries.js';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/modules/platform/postgres/embedded-postgres.js';
import { recordedPostmaster } from '../../src/modules/platform/postgres/postmaster.js';
import { isProcessAlive } from '../../src/modules/platform/postgres/process-facts.js';
import { canTraverse } from '../../src/modules/platform/postgres/system-user.js';
import { killHard, startHolder } from '../support/postgres/holder.js';

const log = (): void => undefined;
const nobody = { uid: 65534, gid: 65534 };
const isRoot = process.getuid?.() === 0;
const onlyAsRoot = isRoot ? it : it.skip;
const onlyWhereOthersReadTheClone = isRoot && canTraverse(nobody, process.cwd()) ? it : it.skip;

let folder: string;
let directory: string;
const started: EmbeddedPostgres[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'picketfence-launcher-'));
  chmodSync(folder, 0o755);
  directory = path.join(folder, 'home', 'postgres');
});

afterEach(async () => {
  for (const server of started.splice(0)) if (server.isRunning()) await server.stop();
  const elsewhere = recordedPlace();
  const leftOver = recordedPostmaster(path.join(directory, 'data'))?.pid;
  if (leftOver !== undefined && leftOver !== process.pid) await end(leftOver);
  for (const place of [elsewhere, folder]) if (place) rmSync(place, { recursive: true, force: true });
});

async function start(options: { binaries?: string } = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ directory, log, settings: { fsync: 'off' }, ...options });
  started.push(server);
  return server;
}

async function end(pid: number, signal: 'SIGINT' | 'SIGKILL' = 'SIGINT'): Promise<void> {
  process.kill(pid, signal);
  while (isProcessAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
}

function recordedPlace(): string | undefined {
  const record = path.join(directory, 'moved-to');
  return existsSync(record) ? readFileSync(record, 'utf8').trim() : undefined;
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows;
  } finally {
    await client.end();
  }
}

describe('the embedded PostgreSQL', () => {
  it('starts in an empty folder, answers on loopback only, asks for the password, and stops', async () => {
    const server = await start();

    expect(server).toMatchObject({ fresh: true, reused: false });
    expect(await query(server.ownerUrl, 'show listen_addresses')).toEqual([
      { listen_addresses: '127.0.0.1' },
    ]);
    expect(await query(server.ownerUrl, 'show server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
    const wrongPassword = new URL(server.ownerUrl);
    wrongPassword.password = 'guess';
    await expect(query(wrongPassword.href, 'select 1')).rejects.toThrow(/password authentication failed/);
    expect(statSync(path.join(directory, 'password')).mode & 0o777).toBe(0o600);
    expect(statSync(path.join(directory, 'data')).mode & 0o777).toBe(0o700);

    await server.stop();
    expect(server.isRunning()).toBe(false);
    await expect(query(server.ownerUrl, 'select 1')).rejects.toThrow(/ECONNREFUSED/);
  });

  it('keeps data, password and port over a restart', async () => {
    const first = await start();
    await query(first.ownerUrl, 'create table kept as select 42 as answer');
    await first.stop();

    const second = await start();
    expect(second).toMatchObject({ ownerUrl: first.ownerUrl, fresh: false, reused: false });
    expect(await query(second.ownerUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('takes another port when the one of last time is in use', async () => {
    const first = await start();
    await first.stop();
    const squatter = createServer().listen(Number(new URL(first.ownerUrl).port), '127.0.0.1');
    try {
      const second = await start();
      expect(second.ownerUrl).not.toBe(first.ownerUrl);
      expect(await query(second.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      squatter.close();
    }
  });

  it('heals a first run that was interrupted', async () => {
    mkdirSync(path.join(directory, 'data.new', 'base'), { recursive: true });
    writeFileSync(path.join(directory, 'data.new', 'PG_VERSION'), '18\n');

    const server = await start();
    expect(await query(server.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(existsSync(path.join(directory, 'data.new'))).toBe(false);
  });

  it('takes over the server of a process that was killed', async () => {
    const holder = await startHolder(directory);
    await query(holder.ownerUrl ?? '', 'create table kept as select 42 as answer');
    await killHard(holder);

    const server = await start();
    expect(server).toMatchObject({ ownerUrl: holder.ownerUrl, reused: true });
    expect(await query(server.ownerUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await server.stop();
    expect(server.isRunning()).toBe(false);
  });

  it('tells the second of two starters that the folder is in use, and lets exactly one win', async () => {
    const outcomes = await Promise.all([
      startHolder(directory),
      startHolder(directory),
      startHolder(directory),
    ]);
    try {
      expect(outcomes.filter(({ ownerUrl }) => ownerUrl !== undefined)).toHaveLength(1);
      const refusals = outcomes.flatMap(({ refused }) => refused ?? []);
      expect(refusals).toHaveLength(2);
      for (const refusal of refusals) expect(refusal).toMatch(/Another picketfence \(process \d+\) is using/);
    } finally {
      await Promise.all(outcomes.map(killHard));
    }
  });

  it('starts over a postmaster.pid whose number went to another process', async () => {
    const first = await start();
    await first.stop();
    const { port } = new URL(first.ownerUrl);
    const lines = [process.pid, path.join(directory, 'data'), 0, port, '', '127.0.0.1', '', ''];
    const file = path.join(directory, 'data', 'postmaster.pid');
    writeFileSync(file, lines.join('\n'));
    const { uid, gid } = statSync(path.join(directory, 'data'));
    chownSync(file, uid, gid);

    expect(await query((await start()).ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('starts over a lock whose process number went to another process', async () => {
    mkdirSync(directory, { recursive: true });
    writeFileSync(path.join(directory, 'lock'), `${process.pid} born-another-day\n`);

    expect((await start()).reused).toBe(false);
  });

  it('starts again on the same port after it died', async () => {
    const server = await start();
    await query(server.ownerUrl, 'create table kept as select 42 as answer');
    await end(recordedPostmaster(path.join(directory, 'data'))!.pid, 'SIGKILL');
    expect(server.isRunning()).toBe(false);

    await server.restart();
    expect(await query(server.ownerUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('restores the links that an install without scripts leaves out', async () => {
    const binaries = path.join(folder, 'binaries');
    cpSync(binariesPackage(), binaries, { recursive: true, verbatimSymlinks: true });
    const listed = readFileSync(path.join(binaries, 'native', 'pg-symlinks.json'), 'utf8');
    const links = JSON.parse(listed) as { target: string }[];
    expect(links.length).toBeGreaterThan(0);
    for (const { target } of links) rmSync(path.join(binaries, target), { force: true });

    expect(await query((await start({ binaries })).ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(existsSync(path.join(binaries, links[0]!.target))).toBe(true);
  });

  it('says so when the folder holds something else, and data of another version', async () => {
    mkdirSync(path.join(directory, 'data'), { recursive: true });
    await expect(start()).rejects.toThrow(/is no PostgreSQL data folder/);

    writeFileSync(path.join(directory, 'data', 'PG_VERSION'), '15\n');
    await expect(start()).rejects.toThrow(/was made by PostgreSQL 15, and this picketfence brings 18/);
  });

  onlyAsRoot('keeps its data elsewhere when root keeps the folder behind a closed home', async () => {
    chmodSync(folder, 0o700);
    const first = await start();
    await query(first.ownerUrl, 'create table kept as select 42 as answer');
    await first.stop();
    expect(recordedPlace()).toMatch(/picketfence-[0-9a-f]{12}-/);
    expect(existsSync(path.join(directory, 'data'))).toBe(false);

    const second = await start();
    expect(second).toMatchObject({ ownerUrl: first.ownerUrl, fresh: false });
    expect(await query(second.ownerUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  onlyAsRoot('runs a copy of the binaries when root keeps the clone behind a closed home', async () => {
    const closed = path.join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const binaries = path.join(closed, 'binaries');
    cpSync(binariesPackage(), binaries, { recursive: true, verbatimSymlinks: true });

    expect(await query((await start({ binaries })).ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(existsSync(path.join(directory, 'binaries', 'native', 'bin', 'postgres'))).toBe(true);
  });

  onlyAsRoot('makes folders that others can enter whatever the umask', async () => {
    const before = process.umask(0o077);
    try {
      await start();
    } finally {
      process.umask(before);
    }
    expect(statSync(path.join(folder, 'home')).mode & 0o777).toBe(0o755);
    expect(recordedPlace()).toBeUndefined();
  });

  onlyWhereOthersReadTheClone('runs for an ordinary user in a closed home', async () => {
    const home = path.join(folder, 'ordinary');
    mkdirSync(home, { mode: 0o700 });
    chownSync(home, nobody.uid, nobody.gid);
    directory = path.join(home, 'postgres');
    const holder = await startHolder(directory, nobody);
    try {
      expect(await query(holder.ownerUrl ?? '', 'select 1 as one')).toEqual([{ one: 1 }]);
      expect(statSync(path.join(directory, 'data')).uid).toBe(nobody.uid);
    } finally {
      await killHard(holder);
    }
  });
});
