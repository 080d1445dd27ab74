import { openBackend } from '../open-backend.js';
import type { Ops } from '../ops.js';
import { PlainOps } from './plain-ops.js';

/** Every backend that is at hand, for tests that all of them must pass. */
export const backends: readonly (readonly [name: string, ops: Ops])[] = [
  ['plain', new PlainOps()],
  ['wasm', await openBackend('wasm')],
  ['tfjs', await openBackend('tfjs')],
];
