/** A process that ends when its parent does, as the server and the worker do; prints its number. */
import { exitWhenOrphaned } from '../../../dist/src/modules/platform/process/orphan-watch.js';

console.log(process.pid);
exitWhenOrphaned(() => process.exit(0));
setInterval(() => undefined, 1000);
