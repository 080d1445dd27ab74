import { setTimeout as sleep } from 'node:timers/promises';
import { StartRefused } from './start-refused.js';

const pollMs = 100;
const readyMsMax = 180_000;

/** Waits until the server says that it can do its work; false when the signal asked to stop before. */
export async function waitUntilReady(baseUrl: string, signal: AbortSignal): Promise<boolean> {
  const deadline = performance.now() + readyMsMax;
  while (!signal.aborted) {
    if (await isReady(baseUrl)) return true;
    if (performance.now() > deadline) {
      throw new StartRefused(
        `The server was not ready within ${readyMsMax / 1000} seconds; its log above says why.`,
      );
    }
    await sleep(pollMs);
  }
  return false;
}

async function isReady(baseUrl: string): Promise<boolean> {
  try {
    const response = await fetch(new URL('/readyz', baseUrl), { signal: AbortSignal.timeout(5000) });
    await response.body?.cancel();
    return response.status === 200;
  } catch {
    return false; // Not listening yet.
  }
}
