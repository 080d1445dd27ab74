import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncDirectory } from './sync-directory.js';
import { temporaryName } from './temporary-name.js';
import { writeSynced } from './write-synced.js';

interface Checkpoints {
  load(): Promise<Uint8Array | null>;
  save(bytes: Uint8Array): Promise<void>;
}

const idPattern = /^[0-9a-f-]{36}$/;

/**
 * What jobs have saved of unfinished work, in the zone of what was learned from real rows. A job reads back what it
 * wrote itself when it is begun again, and nobody else reads it.
 */
export class JobCheckpoints {
  constructor(private readonly directory: string) {}

  of(jobId: string): Checkpoints {
    const path = this.#pathOf(jobId);
    return {
      load: () =>
        readFile(path).catch((error: unknown) => {
          if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT')
            return null;
          throw error;
        }),
      save: async (bytes) => {
        await mkdir(this.directory, { recursive: true, mode: 0o700 });
        const incoming = join(this.directory, temporaryName(jobId));
        try {
          await writeSynced(incoming, once(bytes), 0o600);
          await rename(incoming, path);
          await syncDirectory(this.directory);
        } finally {
          await rm(incoming, { force: true });
        }
      },
    };
  }

  /** Afterwards there is none, whether or not there was one. */
  async forget(jobId: string): Promise<void> {
    await rm(this.#pathOf(jobId), { force: true });
  }

  #pathOf(jobId: string): string {
    if (!idPattern.test(jobId)) throw new Error('The id of a job is a UUID.');
    return join(this.directory, jobId);
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- a stream of one chunk
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
