import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';

const keyBytes = 32;

/** Why a key of this machine cannot be used. */
export class KeyFileError extends Error {}

/** 32 random bytes in the secrets of this machine, as hex in a file that its owner alone can read. */
export class KeyFile {
  private readonly file: string;

  /** @param name such as `webhook-key` */
  constructor(
    home: string,
    private readonly name: string,
  ) {
    this.file = path.join(home, 'secrets', name);
  }

  /** @throws {KeyFileError} when there is no key yet, or others can read it */
  async read(): Promise<Buffer> {
    const facts = await stat(this.file).catch(() => null);
    if (!facts) throw new KeyFileError(`The ${this.name} is missing on this machine.`);
    if (process.platform !== 'win32' && (facts.mode & 0o077) !== 0)
      throw new KeyFileError(`The ${this.name} can be read by others: chmod 600 it, and replace it.`);
    const key = Buffer.from(await readFile(this.file, 'utf8'), 'hex');
    if (key.length !== keyBytes) throw new KeyFileError(`The file of the ${this.name} does not hold one.`);
    return key;
  }

  /** Makes the key where there is none; of several at once one stays. */
  async ensure(): Promise<void> {
    if (await stat(this.file).catch(() => null)) return;
    await mkdir(path.dirname(this.file), { recursive: true, mode: 0o700 });
    const unfinished = `${this.file}.${randomUUID()}.unfinished`;
    const handle = await open(unfinished, 'wx', 0o600);
    try {
      await handle.writeFile(randomBytes(keyBytes).toString('hex'));
      await handle.sync();
    } finally {
      await handle.close();
    }
    try {
      await link(unfinished, this.file);
    } catch (error) {
      if ((error as { readonly code?: string }).code !== 'EEXIST') throw error;
    } finally {
      await rm(unfinished);
    }
  }
}
