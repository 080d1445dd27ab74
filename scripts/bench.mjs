import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensure } from './ensure.mjs';
import { root, runNode } from './run-program.mjs';

const [name, ...args] = process.argv.slice(2);
if (!name) {
  console.error(
    'Usage: node scripts/bench.mjs NAME [arguments]; the names are those of the files in bench/.',
  );
  process.exit(2);
}
await ensure();
const script = path.join(root, 'dist', 'bench', `${name}.js`);
if (!existsSync(script)) {
  console.error(`There is no benchmark bench/${name}.ts.`);
  process.exit(2);
}
process.exit(await runNode([script, ...args]));
