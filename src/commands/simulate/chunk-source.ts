import { existsSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { loadSimulation } from './load-simulation.js';
import type { SimulationSettings } from './settings.js';
import { simulateChunk, type Chunk, type ChunkResult } from './simulate-chunk.js';
import { errorOf, type ThreadMessage } from './thread-message.js';

/** Places that are handed out at a time: few enough to be held as text, many enough to keep a thread busy. */
const placesPerChunk = 8;
/** Chunks that may wait, finished, for one that is not, for each thread: this bounds the memory. */
const aheadPerWorker = 4;

const workerUrl = new URL('./simulate-worker.js', import.meta.url);

/** Whether threads can be started: run from its sources, as tests are, the program has no compiled worker. */
function hasWorkers(): boolean {
  return existsSync(fileURLToPath(workerUrl));
}

/**
 * The chunks of a run in the order of their places, whatever the number of threads.
 * @throws the signal's reason when aborted, and what went wrong in a thread
 */
export function chunksOf(
  settings: SimulationSettings,
  { workers, signal }: { readonly workers: number; readonly signal: AbortSignal },
): AsyncIterable<ChunkResult> {
  return workers > 1 && hasWorkers()
    ? chunksByThreads(settings, workers, signal)
    : chunksHere(settings, signal);
}

async function* chunksHere(settings: SimulationSettings, signal: AbortSignal): AsyncGenerator<ChunkResult> {
  const plan = await loadSimulation(settings);
  for (const chunk of chunks(settings.population)) {
    signal.throwIfAborted();
    yield simulateChunk(plan, settings, chunk);
    await nextTurn();
  }
}

function* chunks(population: number): Generator<Chunk> {
  for (let from = 0; from < population; from += placesPerChunk)
    yield { from, to: Math.min(population, from + placesPerChunk) };
}

async function* chunksByThreads(
  settings: SimulationSettings,
  workers: number,
  signal: AbortSignal,
): AsyncGenerator<ChunkResult> {
  const pool = new ChunkPool(settings, workers);
  const stop = (): void => {
    pool.fail(signal.reason);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    for (const chunk of chunks(settings.population)) yield await pool.result(chunk);
  } finally {
    signal.removeEventListener('abort', stop);
    await pool.end();
  }
}

/** Threads that pull chunks in order; results are taken in order, and no thread runs far ahead of the taking. */
class ChunkPool {
  readonly #threads: Worker[];
  readonly #idle: Worker[] = [];
  readonly #done = new Map<number, ChunkResult>();
  readonly #work: Iterator<Chunk>;
  #taken = 0;
  #handedOut = 0;
  #failure: { readonly reason: unknown } | null = null;
  #changed: () => void = () => undefined;

  constructor(settings: SimulationSettings, workers: number) {
    this.#work = chunks(settings.population);
    this.#threads = Array.from({ length: workers }, () => this.#start(settings));
  }

  async result({ from }: Chunk): Promise<ChunkResult> {
    for (;;) {
      if (this.#failure !== null) throw this.#failure.reason;
      const found = this.#done.get(from);
      if (found !== undefined) {
        this.#done.delete(from);
        this.#taken += 1;
        this.#handOut();
        return found;
      }
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
  }

  fail(reason: unknown): void {
    this.#failure ??= { reason };
    this.#changed();
  }

  async end(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }

  #start(settings: SimulationSettings): Worker {
    const thread = new Worker(workerUrl, { workerData: settings });
    thread.on('message', (message: ThreadMessage) => {
      if (message.kind === 'failed') {
        this.fail(errorOf(message));
        return;
      }
      if (message.kind === 'done') this.#done.set(message.result.chunk.from, message.result);
      this.#idle.push(thread);
      this.#handOut();
      this.#changed();
    });
    thread.on('error', (error) => {
      this.fail(error);
    });
    return thread;
  }

  #handOut(): void {
    while (this.#idle.length > 0 && this.#handedOut - this.#taken < aheadPerWorker * this.#threads.length) {
      const next = this.#work.next();
      if (next.done === true) return;
      this.#handedOut += 1;
      this.#idle.pop()?.postMessage(next.value);
    }
  }
}
