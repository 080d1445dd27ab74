import { exitWhenNpmDied } from '../modules/platform/process/orphan-watch.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface StopRequest {
  readonly signal: AbortSignal;
  /** Ends the wait from within. */
  stop(): void;
  /** Resolves once anybody wants us to stop. */
  readonly asked: Promise<void>;
  dispose(): void;
}

/**
 * Listens for Ctrl-C, a polite kill and a closed terminal. Killing npm does not kill what npm runs, so under npm
 * its death counts too; without npm it does not, as a shell may end before what it put in the background.
 */
export function listenForStop(options: { underNpm: boolean }): StopRequest {
  const controller = new AbortController();
  const stop = (): void => {
    controller.abort();
  };
  const asked = new Promise<void>((resolve) => {
    controller.signal.addEventListener('abort', () => {
      resolve();
    });
  });
  for (const name of signals) process.on(name, stop);
  const watch = options.underNpm ? exitWhenNpmDied(stop) : undefined;
  return {
    signal: controller.signal,
    stop,
    asked,
    dispose: () => {
      for (const name of signals) process.off(name, stop);
      watch?.stop();
    },
  };
}
