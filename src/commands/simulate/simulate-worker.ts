import { parentPort, workerData } from 'node:worker_threads';
import { loadSimulation } from './load-simulation.js';
import type { SimulationSettings } from './settings.js';
import { simulateChunk, type Chunk } from './simulate-chunk.js';

// Simulates the chunks it is sent and sends their text back; what is wrong ends the thread with its error.
const port = parentPort;
if (port === null) throw new Error('This file is the program of a thread.');
const settings = workerData as SimulationSettings;
const plan = await loadSimulation(settings);
port.on('message', (chunk: Chunk) => {
  port.postMessage(simulateChunk(plan, settings, chunk));
});
port.postMessage('ready');
