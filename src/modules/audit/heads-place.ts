import { existsSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import type { HeadsFile } from './read-heads.js';
import { noHeads, readHeads } from './read-heads.js';

/** The heads file of an installation: outside the database, and only ever added to. */
export class HeadsPlace {
  readonly directory: string;
  readonly file: string;

  constructor(home: string) {
    this.directory = path.join(home, 'audit');
    this.file = path.join(this.directory, 'heads.jsonl');
  }

  read(): Promise<HeadsFile> {
    return existsSync(this.file) ? readHeads(this.file) : Promise.resolve(noHeads);
  }

  /** On disk when this returns. The line that a crash cut off is ended first. */
  async append(line: string, { afterTorn }: { readonly afterTorn: boolean }): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    const isNew = !existsSync(this.file);
    const handle = await open(this.file, 'a', 0o644);
    try {
      await handle.appendFile(`${afterTorn ? '\n' : ''}${line}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (isNew) await this.syncDirectory();
  }

  private async syncDirectory(): Promise<void> {
    if (process.platform === 'win32') return; // Directories cannot be opened there.
    const handle = await open(this.directory, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}
