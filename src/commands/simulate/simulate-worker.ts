import { parentPort, workerData } from 'node:worker_threads';
import { loadSimulation } from './load-simulation.js';
import type { SimulationSettings } from './settings.js';
import { simulateChunk, type Chunk } from './simulate-chunk.js';
import type { ThreadMessage } from './thread-message.js';

// Simulates the chunks it is sent and sends their text back, or what went wrong.
const port = parentPort;
if (port === null) throw new Error('This file is the program of a thread.');
const settings = workerData as SimulationSettings;

const send = (message: ThreadMessage): void => {
  port.postMessage(message);
};
const sendError = (error: unknown): void => {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  send({ kind: 'failed', name, message, stack: stack ?? '' });
};

try {
  const plan = await loadSimulation(settings);
  port.on('message', (chunk: Chunk) => {
    try {
      send({ kind: 'done', result: simulateChunk(plan, settings, chunk) });
    } catch (error) {
      sendError(error);
    }
  });
  send({ kind: 'ready' });
} catch (error) {
  sendError(error);
}
