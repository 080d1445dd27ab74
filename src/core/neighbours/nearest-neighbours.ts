import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { MixedMatrix } from './mixed-matrix.js';
import { findNearestInRange } from './nearest-in-range.js';
import type { Neighbours, SearchRange } from './nearest-in-range.js';

interface NeighbourSearch {
  readonly queries: MixedMatrix;
  readonly references: MixedMatrix;
  /** How many for each query. */
  readonly count: number;
  /** The two are one table, and a row is not its own neighbour. */
  readonly isSameTable?: boolean;
  readonly threads?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Starting a thread takes 50 ms; below this many multiplications (about a second) it does not pay. */
const threadedFrom = 1e9;
/** Rows that one thread takes at a time: often enough to stop when asked to. */
const rowsPerTask = 1024;

const workerUrl = new URL('./nearest-worker.js', import.meta.url);

/**
 * The exact nearest reference rows of every query row, the same whatever the number of threads.
 * @throws the signal's reason when aborted
 */
export async function nearestNeighbours(search: NeighbourSearch): Promise<Neighbours> {
  const { queries, references, count, isSameTable = false, signal } = search;
  const found = {
    count,
    indexes: new Int32Array(new SharedArrayBuffer(4 * queries.rows * count)),
    distances: new Float64Array(new SharedArrayBuffer(8 * queries.rows * count)),
  };
  const whole = { queries, references, isSameTable, found };
  const threads = search.threads ?? threadsFor(queries, references);
  if (threads > 1) await searchByThreads(whole, threads, signal);
  else await searchHere(whole, signal);
  return found;
}

function threadsFor(queries: MixedMatrix, references: MixedMatrix): number {
  const width = queries.numberWidth + queries.codeWidth;
  if (queries.rows * references.rows * width < threadedFrom) return 1;
  // Run from its sources, as tests are, the program has no compiled worker.
  return existsSync(fileURLToPath(workerUrl)) ? availableParallelism() : 1;
}

type WholeSearch = Omit<SearchRange, 'from' | 'to'>;

async function searchHere(whole: WholeSearch, signal?: AbortSignal): Promise<void> {
  for (let from = 0; from < whole.queries.rows; from += rowsPerTask) {
    signal?.throwIfAborted();
    findNearestInRange({ ...whole, from, to: Math.min(whole.queries.rows, from + rowsPerTask) });
    await nextTurn();
  }
}

/** One range of rows a thread; the ranges are fixed by the rows and threads write to places of their own. */
async function searchByThreads(whole: WholeSearch, threads: number, signal?: AbortSignal): Promise<void> {
  const { rows } = whole.queries;
  const share = Math.ceil(rows / threads / 4) * 4;
  const workers: Worker[] = [];
  const runs: Promise<void>[] = [];
  for (let from = 0; from < rows; from += share) {
    const worker = new Worker(workerUrl, {
      workerData: { ...whole, from, to: Math.min(rows, from + share) },
    });
    workers.push(worker);
    runs.push(endOf(worker));
  }
  const stop = (): void => {
    for (const worker of workers) void worker.terminate();
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    if (signal?.aborted === true) stop();
    await Promise.all(runs);
  } catch (error) {
    stop();
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

function endOf(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`A thread of the neighbour search ended with code ${code}.`));
    });
  });
}
