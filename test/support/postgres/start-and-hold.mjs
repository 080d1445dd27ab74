/** A process of its own that starts the launcher and keeps the server: prints one line of JSON, then waits. */
import { startEmbeddedPostgres } from '../../../dist/src/modules/platform/postgres/embedded-postgres.js';

const [directory] = process.argv.slice(2);
try {
  const { ownerUrl, reused } = await startEmbeddedPostgres({ directory, log: () => undefined });
  console.log(JSON.stringify({ ownerUrl, reused }));
  setInterval(() => undefined, 1000);
} catch (error) {
  console.log(JSON.stringify({ refused: error.message }));
}
