import { BackendAbsentError, backendNames, openBackend } from './open-backend.js';

describe('backends', () => {
  it('say what they are', async () => {
    const [wasm, tfjs] = [await openBackend('wasm'), await openBackend('tfjs')];
    expect([wasm.backend, wasm.version]).toEqual(['wasm', expect.stringMatching(/^[0-9a-f]{12}$/)]);
    expect([tfjs.backend, tfjs.version]).toEqual(['tfjs-cpu', expect.stringMatching(/^4\./)]);
  });

  it('that are not installed are refused in words, and nothing stands in for them', async () => {
    let found: unknown;
    try {
      found = await openBackend('tfjs-node');
    } catch (error) {
      found = error;
    }
    if (found instanceof Error) {
      expect(found).toBeInstanceOf(BackendAbsentError);
      expect(found.message).toContain(
        'This mechanism was pinned to tfjs-node, which this worker has not; install @tensorflow/tfjs-node',
      );
    } else expect(found).toMatchObject({ backend: 'tfjs-tensorflow' });
  });

  it('are named with the default first', () => {
    expect(backendNames[0]).toBe('wasm');
  });
});
