import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 100;
const waitMsMax = 600_000;

/** Asks until `isDone`, as a client without subscriptions does. */
export async function until<Value>(
  ask: () => Promise<Value>,
  isDone: (value: Value) => boolean,
): Promise<Value> {
  const deadline = performance.now() + waitMsMax;
  for (;;) {
    const value = await ask();
    if (isDone(value)) return value;
    if (performance.now() > deadline)
      throw new Error(`Waited in vain; the last answer was ${JSON.stringify(value)}`);
    await sleep(pollMs);
  }
}
