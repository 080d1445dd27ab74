import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { StartRefused } from '../start-refused.js';

/** A folder that appears under its name only when everything is in it; given up, it leaves nothing. */
export class OutputFolder {
  readonly #partial: string;
  readonly #files = new Map<string, FileHandle>();

  private constructor(readonly path: string) {
    this.#partial = `${path}.partial`;
  }

  /** @throws {StartRefused} when the folder is there, or another run writes it */
  static async begin(out: string): Promise<OutputFolder> {
    const path = resolve(out);
    if (existsSync(path)) throw new StartRefused(`${out} is there already; name another folder with --out.`);
    const folder = new OutputFolder(path);
    await mkdir(dirname(path), { recursive: true });
    try {
      await mkdir(folder.#partial);
    } catch (error) {
      if (!existsSync(folder.#partial)) throw error;
      throw new StartRefused(`${out}.partial is there: another run writes it, or one was killed; remove it.`);
    }
    return folder;
  }

  /** Adds to the end of a file. */
  async append(name: string, text: string): Promise<void> {
    let file = this.#files.get(name);
    if (file === undefined) {
      file = await open(join(this.#partial, name), 'wx');
      this.#files.set(name, file);
    }
    await file.appendFile(text);
  }

  /** Makes a folder below for somebody who writes files there and closes them. @returns its path, until {@link finish} */
  async subfolder(name: string): Promise<string> {
    const path = join(this.#partial, name);
    await mkdir(path);
    return path;
  }

  async finish(): Promise<void> {
    await this.#close();
    await rename(this.#partial, this.path);
  }

  async giveUp(): Promise<void> {
    await this.#close();
    await rm(this.#partial, { recursive: true, force: true });
  }

  async #close(): Promise<void> {
    for (const file of this.#files.values()) await file.close();
    this.#files.clear();
  }
}
