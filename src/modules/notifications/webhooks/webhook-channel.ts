import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../../core/time/clock.js';
import { signWebhook } from '../../../core/webhooks/signature.js';
import { CLOCK, CONFIG, type Config, Transactions, KeyFileError } from '../../platform/index.js';
import type { DeliveryOutcome } from '../delivery.rules.js';
import type { Notification } from '../notification.entity.js';
import { postWebhook } from './post-webhook.js';
import { webhookBody } from './webhook-body.rules.js';
import { Webhook } from './webhook.entity.js';
import { WebhookSecrets } from './webhook-secrets.js';

/** Posts a notification to its webhook, signed. */
@Injectable()
export class WebhookChannel {
  private readonly secrets: WebhookSecrets;
  private readonly loopback: boolean;

  constructor(
    private readonly transactions: Transactions,
    @Inject(CONFIG) config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.secrets = new WebhookSecrets(config.home);
    this.loopback = config.webhookLoopback;
  }

  async deliver(notification: Notification): Promise<DeliveryOutcome> {
    const webhook = await this.transactions.reader.findOneBy(Webhook, { id: notification.webhookId ?? '' });
    if (!webhook || webhook.disabledAt) return { kind: 'withheld', problem: 'The webhook is disabled.' };
    try {
      const headers = await this.sign(webhook, notification);
      const post = { url: webhook.url, headers, body: webhookBody(notification) };
      return await postWebhook(post, { loopback: this.loopback });
    } catch (error) {
      if (!(error instanceof KeyFileError)) throw error;
      return { kind: 'failed', problem: error.message, final: false };
    }
  }

  private async sign(webhook: Webhook, notification: Notification): Promise<Record<string, string>> {
    const secret = await this.secrets.secretOf(webhook);
    const delivery = { id: notification.id, sentAt: this.clock.now(), body: webhookBody(notification) };
    const signed = signWebhook(secret, delivery);
    return { 'content-type': 'application/json', 'user-agent': 'picketfence', ...signed };
  }
}
