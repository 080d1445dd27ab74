import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { ensure } from './ensure.mjs';
import { root } from './run-program.mjs';

await ensure();
const cli = path.join(root, 'dist', 'src', 'cli.js');
process.argv.splice(1, 1, cli, 'serve');
await import(pathToFileURL(cli).href);
