// Compiles src/core/tensor/wasm/kernels/*.as and writes the module as base64 into compiled-kernels.ts; with
// --check it compares them instead.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const folder = fileURLToPath(new URL('../src/core/tensor/wasm/kernels/', import.meta.url));
const target = fileURLToPath(new URL('../src/core/tensor/wasm/compiled-kernels.ts', import.meta.url));

const flags = [
  '-O3',
  '--enable',
  'simd',
  '--noAssert',
  '--runtime',
  'stub',
  '--importMemory',
  '--noExportMemory',
];

/** The bytes of the module, the same on every machine. */
async function compileKernels() {
  let bytes;
  const { error, stderr } = await asc.main(['index.ts', '--outFile', 'kernels.wasm', ...flags], {
    // AssemblyScript insists on .ts; the sources are called .as, as they are not TypeScript.
    readFile: (name) => {
      const file = path.join(folder, name.replace(/\.ts$/, '.as'));
      return existsSync(file) ? readFileSync(file, 'utf8') : null;
    },
    writeFile: (name, content) => {
      if (name.endsWith('.wasm')) bytes = Buffer.from(content);
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`The kernels do not compile: ${stderr.toString()}`);
  return bytes;
}

function moduleText(bytes) {
  const lines = bytes.toString('base64').match(/.{1,100}/g);
  const hash = createHash('sha256').update(bytes).digest('hex');
  return [
    '// Written by scripts/wasm-kernels.mjs from kernels/*.as; a test compiles them again and compares.',
    '/** SHA-256 of the bytes. */',
    `export const kernelsHash = '${hash}';`,
    '',
    '/** A WebAssembly module in base64. */',
    'export const compiledKernels = [',
    ...lines.map((line) => `  '${line}',`),
    "].join('');",
    '',
  ].join('\n');
}

const text = moduleText(await compileKernels());
if (process.argv[2] !== '--check') writeFileSync(target, text);
else if (readFileSync(target, 'utf8') !== text) {
  console.error(
    'compiled-kernels.ts is not what kernels/*.as compile to: run node scripts/wasm-kernels.mjs.',
  );
  process.exitCode = 1;
}
