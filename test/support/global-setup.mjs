import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const launcher = path.join(root, 'dist', 'src', 'modules', 'platform', 'postgres', 'embedded-postgres.js');
/** The data of a test run is thrown away: it need not survive a power cut. */
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

/** One PostgreSQL for the whole run, told to the tests by PICKETFENCE_TEST_DATABASE_URL. */
export default async function startTestDatabase() {
  if (process.env.TEST_DATABASE_URL) {
    process.env.PICKETFENCE_TEST_DATABASE_URL = process.env.TEST_DATABASE_URL;
    return;
  }
  if (!existsSync(launcher)) {
    console.log('Not built, so there is no test database: run "npm test", or "npm run build" first.');
    return;
  }
  const { startEmbeddedPostgres } = await import(launcher);
  const shared = path.join(root, 'var', 'test-postgres');
  await removeAbandoned(startEmbeddedPostgres, shared);
  const server = await start(startEmbeddedPostgres, shared).catch((error) => {
    // Another run in this clone has it: this one gets a database of its own.
    if (error.code === 'IN_USE') return start(startEmbeddedPostgres, `${shared}-${process.pid}`);
    throw error;
  });
  stopWithThisProcess(server);
  await dropLeftOverDatabases(server.ownerUrl);
  process.env.PICKETFENCE_TEST_DATABASE_URL = server.ownerUrl;
  globalThis.stopTestDatabase = async () => {
    await server.stop();
    if (server.directory !== shared) rmSync(server.directory, { recursive: true, force: true });
  };
}

/** Jest leaves without its teardown on Ctrl-C. */
function stopWithThisProcess(server) {
  process.once('exit', () => {
    if (server.isRunning()) process.kill(server.pid(), 'SIGINT');
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
}

/** Servers and folders of runs beside another one that were killed. */
async function removeAbandoned(startEmbeddedPostgres, shared) {
  const parent = path.dirname(shared);
  for (const name of existsSync(parent) ? readdirSync(parent) : []) {
    const [, pid] = /^test-postgres-(\d+)$/.exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const directory = path.join(parent, name);
    await (await start(startEmbeddedPostgres, directory)).stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function start(startEmbeddedPostgres, directory) {
  const server = await startEmbeddedPostgres({ directory, settings, log: () => undefined });
  return { ...server, directory };
}

/** What the tests of a run that was killed have left. */
async function dropLeftOverDatabases(ownerUrl) {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query(
      `select datname from pg_database where datname not in ('postgres', 'template0', 'template1', current_database())`,
    );
    for (const { datname } of rows) {
      const name = client.escapeIdentifier(datname);
      await client.query(`alter database ${name} is_template false`);
      await client.query(`drop database ${name} with (force)`);
    }
  } finally {
    await client.end();
  }
}
