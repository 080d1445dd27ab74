import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../modules/platform/config/config.js';
import { freePort, isPortFree } from '../modules/platform/postgres/free-port.js';
import { StartRefused } from './start-refused.js';

const pollMs = 200;
/** The processes of a run that was killed hold their port until they notice. */
const leftOverMsMax = 2000;
const portsTriedMax = 100;

type Listening = Pick<Config['http'], 'host' | 'port' | 'portChosen'>;

/** The port to listen on: the one that was asked for or none; unasked, the next that is free. */
export async function chooseHttpPort(http: Listening, afterCrash: boolean): Promise<number> {
  const { host, port, portChosen } = http;
  if (port === 0) return freePort(host);
  const waitMs = portChosen || afterCrash ? leftOverMsMax : 0;
  if (await becomesFree(http, waitMs)) return port;
  if (portChosen) {
    throw new StartRefused(
      `Port ${port} on ${host} is in use by another program; stop that one, or set PORT to another port.`,
    );
  }
  for (let next = port + 1; next <= port + portsTriedMax; next += 1) {
    if (await isPortFree(next, host)) return next;
  }
  throw new StartRefused(`No port from ${port} to ${port + portsTriedMax} on ${host} is free; set PORT.`);
}

async function becomesFree({ host, port }: Listening, waitMs: number): Promise<boolean> {
  for (let waited = 0; ; waited += pollMs) {
    if (await isPortFree(port, host)) return true;
    if (waited >= waitMs) return false;
    await sleep(pollMs);
  }
}
