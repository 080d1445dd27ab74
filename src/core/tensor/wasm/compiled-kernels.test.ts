import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { compiledKernels, kernelsHash } from './compiled-kernels.js';

describe('the compiled kernels', () => {
  it('are what their sources compile to', () => {
    const script = fileURLToPath(new URL('../../../../scripts/wasm-kernels.mjs', import.meta.url));
    expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
  });

  it('have the hash that mechanisms name', () => {
    const bytes = Buffer.from(compiledKernels, 'base64');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(kernelsHash);
  });
});
