import { createRequire } from 'node:module';
import type * as tensorflow from '@tensorflow/tfjs';
import type { Ops } from './ops.js';
import { TensorflowOps } from './tensorflow/tensorflow-ops.js';
import { WasmOps } from './wasm/wasm-ops.js';

/** What computes a network. Another backend means other bits, so a mechanism names one and none stands in for it. */
export const backendNames = ['wasm', 'tfjs', 'tfjs-node'] as const;
export type BackendName = (typeof backendNames)[number];

/** Thrown where a mechanism names a backend that is not installed. */
export class BackendAbsentError extends Error {
  override readonly name = 'BackendAbsentError';
}

const packages = { tfjs: '@tensorflow/tfjs', 'tfjs-node': '@tensorflow/tfjs-node' } as const;
/** The processor that each is set to: whatever else is registered must not change the bits. */
const processors = { tfjs: 'cpu', 'tfjs-node': 'tensorflow' } as const;

/**
 * A backend with no tensors of its own yet; drop it to free them.
 * @throws {BackendAbsentError} with what importing it said as the cause
 */
export async function openBackend(name: BackendName): Promise<Ops> {
  if (name === 'wasm') return new WasmOps();
  if (name === 'tfjs-node') restoreRemovedChecks();
  try {
    const tf = (await import(packages[name])) as typeof tensorflow;
    // Without it every first use asks on the console for another backend.
    tf.enableProdMode();
    if (!(await tf.setBackend(processors[name]))) throw new Error(`It has no backend ${processors[name]}.`);
    return new TensorflowOps(tf);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new BackendAbsentError(
      `This mechanism was pinned to ${name}, which this worker has not; install ${packages[name]} or register the ` +
        `mechanism for wasm. Loading it said: ${said}`,
      { cause },
    );
  }
}

/** tfjs-node 4.22 calls a check that Node 23 took away. */
function restoreRemovedChecks(): void {
  const util = createRequire(import.meta.url)('node:util') as Record<string, unknown>;
  util['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  util['isArray'] ??= Array.isArray;
}
