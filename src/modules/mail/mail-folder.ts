import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** Messages as files, for installations without a mail server. A message that is kept twice is one file. */
export class MailFolder {
  constructor(private readonly directory: string) {}

  async keep(messageId: string, bytes: Uint8Array): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const file = path.join(this.directory, `${messageId.replaceAll(/[^\w@.-]/g, '_')}.eml`);
    const unfinished = `${file}.${randomUUID()}.unfinished`;
    try {
      const handle = await open(unfinished, 'wx', 0o600);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(unfinished, file);
    } finally {
      await rm(unfinished, { force: true });
    }
  }
}
