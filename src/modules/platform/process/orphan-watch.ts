import { parentOf } from '../postgres/process-facts.js';

const lookMs = 500;
/** Taken when the program loads, before the long start during which a parent may already die. */
const parentAtStart = process.ppid;

const grandparentAtStart = parentOf(parentAtStart);

/** Calls once when the parent of this process has died, so that nothing is left running after a kill -9. */
export function exitWhenOrphaned(shutdown: () => void, parentPid: number = parentAtStart): { stop(): void } {
  return callOnce(shutdown, () => process.ppid !== parentPid);
}

/** The same for a script of npm, between which and npm stands a shell that outlives npm. */
export function exitWhenNpmDied(shutdown: () => void): { stop(): void } {
  return callOnce(
    shutdown,
    () => process.ppid !== parentAtStart || parentOf(parentAtStart) !== grandparentAtStart,
  );
}

function callOnce(shutdown: () => void, isDue: () => boolean): { stop(): void } {
  const timer = setInterval(() => {
    if (!isDue()) return;
    clearInterval(timer);
    shutdown();
  }, lookMs);
  timer.unref(); // A process that has nothing else to do may end.
  return {
    stop: () => {
      clearInterval(timer);
    },
  };
}
