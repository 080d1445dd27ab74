import { hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { webhookSecretStart } from '../../../core/webhooks/signature.js';
import type { Webhook } from './webhook.entity.js';

const keyBytes = 32;

/** Why nothing can be signed on this machine. */
export class WebhookKeyError extends Error {}

/**
 * Secrets are not kept: each is derived (HKDF-SHA256, RFC 5869) from one key in the secrets of this machine, the id of
 * the webhook and a version. Who reads the database can sign nothing.
 */
export class WebhookSecrets {
  private readonly file: string;

  constructor(home: string) {
    this.file = path.join(home, 'secrets', 'webhook-key');
  }

  /** @throws {WebhookKeyError} when there is no key yet, or others can read it */
  async secretOf(webhook: Pick<Webhook, 'id' | 'secretVersion'>): Promise<string> {
    const facts = await stat(this.file).catch(() => null);
    if (!facts) throw new WebhookKeyError('The webhook key is missing on this machine.');
    if (process.platform !== 'win32' && (facts.mode & 0o077) !== 0)
      throw new WebhookKeyError('The webhook key can be read by others: chmod 600 it, and replace it.');
    const key = Buffer.from(await readFile(this.file, 'utf8'), 'hex');
    if (key.length !== keyBytes) throw new WebhookKeyError('The file of the webhook key does not hold one.');
    const info = `picketfence webhook ${webhook.id} ${webhook.secretVersion}`;
    const secret = Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), info, keyBytes));
    return webhookSecretStart + secret.toString('base64');
  }

  /** Makes the key where there is none; of several at once one stays. */
  async ensureKey(): Promise<void> {
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
