import { hkdfSync } from 'node:crypto';
import { webhookSecretStart } from '../../../core/webhooks/signature.js';
import { KeyFile } from '../../platform/index.js';
import type { Webhook } from './webhook.entity.js';

const secretBytes = 32;

/**
 * Secrets are not kept: each is derived (HKDF-SHA256, RFC 5869) from one key in the secrets of this machine, the id of
 * the webhook and a version. Who reads the database can sign nothing.
 */
export class WebhookSecrets {
  private readonly key: KeyFile;

  constructor(home: string) {
    this.key = new KeyFile(home, 'webhook-key');
  }

  /** @throws {KeyFileError} when there is no key yet, or others can read it */
  async secretOf(webhook: Pick<Webhook, 'id' | 'secretVersion'>): Promise<string> {
    const info = `picketfence webhook ${webhook.id} ${webhook.secretVersion}`;
    const secret = hkdfSync('sha256', await this.key.read(), Buffer.alloc(0), info, secretBytes);
    return webhookSecretStart + Buffer.from(secret).toString('base64');
  }

  /** Makes the key where there is none; of several at once one stays. */
  ensureKey(): Promise<void> {
    return this.key.ensure();
  }
}
