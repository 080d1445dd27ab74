import { WasmOps } from '../../../core/tensor/wasm/wasm-ops.js';
import type { Ops } from '../../../core/tensor/ops.js';
import type { BackendName } from './training/training-parameters.js';

export const openOps = (_: BackendName): Promise<Ops> => Promise.resolve(new WasmOps());
