import { workerData } from 'node:worker_threads';
import { findNearestInRange } from './nearest-in-range.js';
import type { SearchRange } from './nearest-in-range.js';

// Everything it reads and writes is shared memory: there is nothing to send back.
findNearestInRange(workerData as SearchRange);
