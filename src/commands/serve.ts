import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Config } from '../modules/platform/config/config.js';
import { readyBanner } from './banner.js';
import type { Command, CommandContext } from './command.js';
import { chooseHttpPort } from './http-port.js';
import { openServedDatabase } from './serve-database.js';
import { listenForStop, type StopRequest } from './stop-request.js';
import { SupervisedProcess } from './supervised-process.js';
import { waitUntilReady } from './wait-until-ready.js';
import { runWorkedExample } from './worked-example.js';

export const serveCommand: Command = {
  name: 'serve',
  summary: 'start everything: database, server and worker, until Ctrl-C',
  options: {},
  run: serve,
};

const stopMsMax = 10_000;

type CleanUp = () => Promise<void>;

async function serve(context: CommandContext): Promise<number> {
  const config = context.loadConfig();
  const stopRequest = listenForStop({ underNpm: context.environment['npm_lifecycle_event'] !== undefined });
  const cleanUps: CleanUp[] = [];
  const failures: string[] = [];
  const giveUp = (reason: string): void => {
    failures.push(reason);
    stopRequest.stop();
  };
  try {
    await run({ context, config, stopRequest, cleanUps, giveUp });
  } finally {
    for (const cleanUp of cleanUps.reverse()) await cleanUp();
    stopRequest.dispose();
  }
  for (const failure of failures) context.complain(failure);
  if (failures.length === 0) context.print('Stopped.');
  return failures.length === 0 ? 0 : 1;
}

interface Serving {
  readonly context: CommandContext;
  readonly config: Config;
  readonly stopRequest: StopRequest;
  /** What to undo, in the order it was done. */
  readonly cleanUps: CleanUp[];
  readonly giveUp: (reason: string) => void;
}

async function run(serving: Serving): Promise<void> {
  const { context, config, stopRequest, cleanUps, giveUp } = serving;
  const { signal, asked } = stopRequest;
  mkdirSync(config.home, { recursive: true });
  const database = await openServedDatabase({ config, print: context.print, giveUp });
  cleanUps.push(() => database.stop());
  if (signal.aborted) return;
  const port = await chooseHttpPort(config.http, database.afterCrash);
  const environment = processEnvironment(serving, { port, appUrl: database.appUrl });
  const processes = ['main', 'worker'].map((name) => {
    const script = fileURLToPath(new URL(`../${name}.js`, import.meta.url));
    return new SupervisedProcess({
      name: name === 'main' ? 'server' : name,
      ...{ script, environment, stopMsMax, giveUp, complain: context.complain },
    });
  });
  cleanUps.push(async () => {
    await Promise.all(processes.map((one) => one.stop()));
  });
  for (const one of processes) one.start();
  const baseUrl = urlOf(config.http.host, port);
  if (!(await waitUntilReady(baseUrl, signal))) return;
  context.print(readyBanner(baseUrl, config));
  await Promise.race([showExample(serving, baseUrl), asked]);
  await asked;
}

/** The processes get the login with few rights and never the owner's. */
function processEnvironment(
  { context, config }: Serving,
  { port, appUrl }: { port: number; appUrl: string },
): NodeJS.ProcessEnv {
  const ownerOnly = ['DATABASE_URL', 'PGUSER', 'PGPASSWORD', 'PGPASSFILE'];
  const inherited = Object.entries(context.environment).filter(([name]) => !ownerOnly.includes(name));
  return {
    ...Object.fromEntries(inherited),
    PICKETFENCE_MODE: config.mode,
    PICKETFENCE_HOME: config.home,
    HOST: config.http.host,
    PORT: String(port),
    DATABASE_APP_URL: appUrl,
    PICKETFENCE_SUPERVISED: String(process.pid),
  };
}

function urlOf(host: string, port: number): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

/** On an empty data folder; later starts find the example there and change nothing. */
async function showExample({ context, config }: Serving, baseUrl: string): Promise<void> {
  if (config.mode !== 'demo') return;
  try {
    const isReleased = await runWorkedExample(baseUrl);
    if (isReleased)
      context.print('  The worked example has been released: its files are under "released".\n');
  } catch (error) {
    const reason = error instanceof Error ? error.message : '?';
    context.complain(`The worked example did not run to its end: ${reason}\nThe service itself runs.`);
  }
}
