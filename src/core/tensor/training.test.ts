import { sha256Hex } from '../hashing/sha256-hex.js';
import { openBackend } from './open-backend.js';
import { backends } from './testing/backends.js';
import { PlainOps } from './testing/plain-ops.js';
import { SmallModel } from './testing/small-model.js';
import { WasmOps } from './wasm/wasm-ops.js';

const losses = (model: SmallModel, steps: number) => Float32Array.from({ length: steps }, () => model.step());
const bytesOf = ({ buffer }: Float32Array) => Buffer.from(buffer);

describe('training', () => {
  it.each(backends)('on %s goes down the same way', (_, ops) => {
    const found = losses(new SmallModel(ops), 20);
    const expected = losses(new SmallModel(new PlainOps()), 20);
    for (const [step, loss] of expected.entries()) expect(found[step]).toBeCloseTo(loss, 4);
    expect(found[19]).toBeLessThan(found[0] ?? NaN);
  });

  // Another hash is another engine: models of before are then no longer what their mechanism says.
  it('on wasm makes the same bytes on every Node and processor', () => {
    const model = new SmallModel(new WasmOps());
    const made = [losses(model, 20), model.values()].map(bytesOf);
    expect(sha256Hex(Buffer.concat(made))).toBe(
      '42fcf53164b05af981941ae0fc4fe6cc22f11e158ef166908d514be58c869bd6',
    );
  });

  it.each([
    ['wasm', 1000],
    ['tfjs', 20],
  ] as const)('on %s takes no more memory after %d steps than after one', async (name, steps) => {
    const ops = await openBackend(name);
    const model = new SmallModel(ops);
    const used = Array.from({ length: steps }, () => {
      model.step();
      return ops.bytesInUse();
    });
    expect(new Set(used).size).toBe(1);
  });
});
