import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rm, rmdir, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { WrittenClinicalFile } from '../../clinical-writer.js';

/** The files that a writer makes in a folder that may have others; all of them can be taken back. */
export class OutputFolder {
  readonly #names: string[] = [];
  readonly #handles = new Set<FileHandle>();
  readonly #folders: string[] = [];

  constructor(readonly folder: string) {}

  path(name: string): string {
    return join(this.folder, name);
  }

  /** @throws when the file is there already */
  async create(name: string): Promise<FileHandle> {
    await this.claim(name);
    const handle = await open(this.path(name), 'wx');
    this.#names.push(name);
    this.#handles.add(handle);
    return handle;
  }

  async close(handle: FileHandle): Promise<void> {
    this.#handles.delete(handle);
    await handle.close();
  }

  /** Makes the folder of a file that somebody else writes. */
  async claim(name: string): Promise<string> {
    const made = await mkdir(dirname(this.path(name)), { recursive: true });
    if (made !== undefined) this.#folders.push(dirname(this.path(name)));
    return this.path(name);
  }

  /** A file that somebody else is about to write. */
  own(name: string): void {
    this.#names.push(name);
  }

  async writeText(name: string, text: string): Promise<void> {
    const handle = await this.create(name);
    await handle.writeFile(text);
    await this.close(handle);
  }

  /** What was written of a file, by reading it again. */
  async describe(
    name: string,
    { mediaType, count }: Pick<WrittenClinicalFile, 'mediaType' | 'count'>,
  ): Promise<WrittenClinicalFile> {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(this.path(name), { highWaterMark: 1 << 20 }))
      hash.update(chunk as Buffer);
    const { size } = await stat(this.path(name));
    return { name, mediaType, bytes: size, sha256: hash.digest('hex'), count };
  }

  /** Removes every file of the writer and the folders that it made and that nobody else uses. */
  async removeAll(): Promise<void> {
    for (const handle of this.#handles) await handle.close().catch(() => undefined);
    this.#handles.clear();
    for (const name of this.#names) await rm(this.path(name), { force: true });
    for (const folder of this.#folders.reverse()) await rmdir(folder).catch(() => undefined);
  }
}
