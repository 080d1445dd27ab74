import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { hashStream } from './local-object-store.js';
import type { ObjectReader } from './object-store.js';

export interface ReleaseFile {
  readonly name: string;
  readonly sha256: string;
}

/** The bytes to publish are not the bytes that were approved. */
export class ChangedBytesError extends Error {
  constructor(readonly file: string) {
    super(`The bytes of "${file}" are not the bytes that were approved.`);
    this.name = 'ChangedBytesError';
  }
}

/**
 * Released files, one folder a release, under names people can read. Files come in by `publish` only: copied from
 * quarantine, hashed as they are copied, and made visible in one rename.
 */
export class ReleaseRoot {
  constructor(readonly directory: string) {}

  /** Idempotent: a folder that already holds exactly these bytes is left alone. @throws {ChangedBytesError} */
  async publish(folder: string, files: readonly ReleaseFile[], quarantine: ObjectReader): Promise<void> {
    if (await this.holds(folder, files)) return;
    const staging = join(this.directory, `.staging-${folder}`);
    await rm(staging, { recursive: true, force: true });
    await mkdir(staging, { recursive: true });
    try {
      for (const file of files) await this.copy(file, quarantine, join(staging, basename(file.name)));
      await rm(join(this.directory, folder), { recursive: true, force: true });
      await rename(staging, join(this.directory, folder));
      await syncDirectory(this.directory);
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  }

  open(folder: string, name: string): Readable {
    return createReadStream(this.path(folder, name));
  }

  /** False when the file is gone or its bytes are not what `sha256` says. */
  async isIntact(folder: string, file: ReleaseFile): Promise<boolean> {
    try {
      return (await hashStream(this.open(folder, file.name) as AsyncIterable<Uint8Array>)) === file.sha256;
    } catch {
      return false;
    }
  }

  async size(folder: string, name: string): Promise<number> {
    return (await stat(this.path(folder, name))).size;
  }

  private path(folder: string, name: string): string {
    return join(this.directory, basename(folder), basename(name));
  }

  private async holds(folder: string, files: readonly ReleaseFile[]): Promise<boolean> {
    for (const file of files) if (!(await this.isIntact(folder, file))) return false;
    return true;
  }

  private async copy(file: ReleaseFile, quarantine: ObjectReader, target: string): Promise<void> {
    if (!(await quarantine.isIntact(file.sha256))) throw new ChangedBytesError(file.name);
    await pipeline(quarantine.open(file.sha256), createWriteStream(target, { mode: 0o644, flush: true }));
    const copied = await hashStream(createReadStream(target) as AsyncIterable<Uint8Array>);
    if (copied !== file.sha256) throw new ChangedBytesError(file.name);
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
