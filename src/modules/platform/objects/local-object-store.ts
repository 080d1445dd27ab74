import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { ObjectInbox, StoredObject } from './object-store.js';
import { syncDirectory } from './sync-directory.js';
import { temporaryName } from './temporary-name.js';
import { writeSynced } from './write-synced.js';

const keyPattern = /^[0-9a-f]{64}$/;

/** SHA-256 of a stream, in hex. */
export async function hashStream(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of bytes) hash.update(chunk);
  return hash.digest('hex');
}

/** The files of one trust zone: written beside, synced, then renamed into place. Nobody reads them but `RecordedZone`. */
export class LocalObjectStore implements ObjectInbox {
  constructor(private readonly directory: string) {}

  async put(bytes: AsyncIterable<Uint8Array>): Promise<StoredObject> {
    const incoming = join(this.directory, 'incoming', temporaryName());
    await mkdir(dirname(incoming), { recursive: true, mode: 0o700 });
    const hash = createHash('sha256');
    let length = 0;
    async function* measured(): AsyncGenerator<Uint8Array> {
      for await (const chunk of bytes) {
        hash.update(chunk);
        length += chunk.length;
        yield chunk;
      }
    }
    try {
      await writeSynced(incoming, measured(), 0o600);
      const key = hash.digest('hex');
      const path = this.localPath(key);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await rename(incoming, path);
      await syncDirectory(dirname(path));
      return { key, bytes: length };
    } finally {
      await rm(incoming, { force: true });
    }
  }

  open(key: string): Readable {
    return createReadStream(this.localPath(key));
  }

  localPath(key: string): string {
    if (!keyPattern.test(key)) throw new Error('An object key is a SHA-256 in hex.');
    return join(this.directory, key.slice(0, 2), key);
  }

  derivedPath(key: string, extension: string): string {
    return `${this.localPath(key)}.${extension}`;
  }

  async has(key: string): Promise<boolean> {
    try {
      await access(this.localPath(key));
      return true;
    } catch {
      return false;
    }
  }

  async destroy(key: string): Promise<void> {
    await rm(this.localPath(key), { force: true });
  }

  async isIntact(key: string): Promise<boolean> {
    try {
      return (await hashStream(this.open(key) as AsyncIterable<Uint8Array>)) === key;
    } catch {
      return false;
    }
  }
}
