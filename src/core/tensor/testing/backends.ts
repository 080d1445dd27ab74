import type { Ops } from '../ops.js';
import { WasmOps } from '../wasm/wasm-ops.js';
import { PlainOps } from './plain-ops.js';

/** Every backend, for tests that all of them must pass. */
export const backends: Readonly<Record<string, () => Ops>> = {
  plain: () => new PlainOps(),
  wasm: () => new WasmOps(),
};
