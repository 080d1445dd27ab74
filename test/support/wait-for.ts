import { setTimeout as sleep } from 'node:timers/promises';

const lookMs = 30;

/** Looks again and again until there is something; fails after `msMax`. */
export async function waitFor<Value>(
  look: () => Value | null | undefined | false | Promise<Value | null | undefined | false>,
  msMax = 90_000,
): Promise<Value> {
  const deadline = performance.now() + msMax;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`Waited ${msMax} ms in vain for: ${String(look)}`);
    await sleep(lookMs);
  }
}
