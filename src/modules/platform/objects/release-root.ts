import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { hashStream } from './local-object-store.js';
import type { ObjectReader } from './object-store.js';
import { syncDirectory } from './sync-directory.js';
import { temporaryName } from './temporary-name.js';
import { writeSynced } from './write-synced.js';

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

  /**
   * Idempotent: a folder that already holds exactly these bytes is left alone, so that a second publication of the
   * same candidate, at once or after a crash, never takes away what is being read. @throws {ChangedBytesError}
   */
  async publish(folder: string, files: readonly ReleaseFile[], quarantine: ObjectReader): Promise<void> {
    const target = join(this.directory, plainName(folder));
    if (await this.holds(folder, files)) return;
    const staging = join(this.directory, temporaryName('.staging'));
    await mkdir(staging, { recursive: true });
    try {
      for (const file of files) await this.copy(file, quarantine, join(staging, plainName(file.name)));
      await syncDirectory(staging);
      if (await this.holds(folder, files)) return; // Another worker was faster.
      await rm(target, { recursive: true, force: true });
      await rename(staging, target);
      await syncDirectory(this.directory);
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  }

  /** Afterwards the folder is gone, whether or not it was there: at once by its name, then its bytes. */
  async destroy(folder: string): Promise<void> {
    const gone = join(this.directory, temporaryName('.destroyed'));
    try {
      await rename(join(this.directory, plainName(folder)), gone);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
      throw error;
    }
    await syncDirectory(this.directory);
    await rm(gone, { recursive: true, force: true });
  }

  /** @param range both ends included; left out: the whole file */
  open(folder: string, name: string, range?: { readonly start: number; readonly end: number }): Readable {
    return createReadStream(this.localPath(folder, name), range);
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
    return (await stat(this.localPath(folder, name))).size;
  }

  localPath(folder: string, name: string): string {
    return join(this.directory, plainName(folder), plainName(name));
  }

  private async holds(folder: string, files: readonly ReleaseFile[]): Promise<boolean> {
    for (const file of files) if (!(await this.isIntact(folder, file))) return false;
    return true;
  }

  private async copy(file: ReleaseFile, quarantine: ObjectReader, target: string): Promise<void> {
    if (!(await quarantine.isIntact(file.sha256))) throw new ChangedBytesError(file.name);
    await writeSynced(target, (await quarantine.open(file.sha256)) as AsyncIterable<Uint8Array>, 0o644);
    const copied = await hashStream(createReadStream(target) as AsyncIterable<Uint8Array>);
    if (copied !== file.sha256) throw new ChangedBytesError(file.name);
  }
}

/** Names come from our own records; one that leads elsewhere was tampered with. */
function plainName(name: string): string {
  if (name === '' || name.startsWith('.') || /[/\\\0]/.test(name)) {
    throw new Error(`"${name}" is not a name for a file or folder of a release.`);
  }
  return name;
}
