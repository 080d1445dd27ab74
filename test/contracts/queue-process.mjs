// A process with a worker of its own, for the tests that kill it. Says on its output what it does, one line each.
import path from 'node:path';

const [distFolder, settings, mode] = process.argv.slice(2);
const file = path.join(distFolder, 'src', 'modules', 'platform', 'queue', 'queue-backend.js');
const { openQueueBackend } = await import(file);
const backend = openQueueBackend(JSON.parse(settings), 3);
const say = (line) => process.stdout.write(`${line}\n`);

let worker;
const work = async (jobId) => {
  say(`took ${jobId}`);
  if (mode === 'hang') await new Promise((resolve) => setTimeout(resolve, 3_600_000));
  if (mode === 'once') void close();
  return 'ended';
};
const close = async () => {
  await worker.close();
  await backend.close();
  say('closed');
};
worker = backend.startWorker({ lane: 'work', concurrency: 1, lockMs: 1000 }, work, () => undefined);
say('ready');
