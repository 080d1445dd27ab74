import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import type { Clock } from '../../../core/time/clock.js';
import { AuditService } from '../../audit/index.js';
import type { Actor } from '../../identity/index.js';
import { CLOCK, CONFIG, type Config, type Refusal, refusal, Transactions } from '../../platform/index.js';
import { Webhook } from './webhook.entity.js';
import { WebhookSecrets } from './webhook-secrets.js';
import { refuseWebhookUrl } from './webhook-url.js';

/** At a time: every change of state is posted to each. */
const activeMax = 20;
const descriptionLengthMax = 200;
const listMax = 200;

export interface SharedSecret {
  readonly webhook: Webhook;
  readonly secret: string;
}

@Injectable()
export class WebhooksService {
  private readonly secrets: WebhookSecrets;

  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.secrets = new WebhookSecrets(config.home);
  }

  /** Newest first. */
  list(): Promise<Webhook[]> {
    return this.transactions.reader.find(Webhook, { order: { createdAt: 'DESC' }, take: listMax });
  }

  async create(
    actor: Actor,
    form: { readonly url: string; readonly description: string },
  ): Promise<SharedSecret | Refusal> {
    await this.secrets.ensureKey();
    return this.transactions.run(async (manager) => {
      const refused = this.refuseForm(form) ?? (await refuseOneMore(manager));
      if (refused) return this.refuse(manager, actor, { action: 'create-webhook', id: null, refused });
      const { url, description } = form;
      const facts = { url, description: description.trim(), secretVersion: 1, createdById: actor.id };
      const webhook = await manager.save(manager.create(Webhook, { ...facts, createdAt: this.clock.now() }));
      // The host alone: paths of such URLs often hold a password.
      await this.record(manager, actor, 'create-webhook', {
        id: webhook.id,
        details: { host: new URL(url).host },
      });
      return { webhook, secret: await this.secrets.secretOf(webhook) };
    });
  }

  /** From now on deliveries are signed with another secret. */
  renewSecret(actor: Actor, id: string): Promise<SharedSecret | Refusal> {
    return this.transactions.run(async (manager) => {
      const found = await this.lockActive(manager, id);
      if ('code' in found)
        return this.refuse(manager, actor, { action: 'renew-webhook-secret', id, refused: found });
      found.secretVersion += 1;
      await manager.save(found);
      const details = { secretVersion: found.secretVersion };
      await this.record(manager, actor, 'renew-webhook-secret', { id, details });
      return { webhook: found, secret: await this.secrets.secretOf(found) };
    });
  }

  disable(actor: Actor, id: string): Promise<Webhook | Refusal> {
    return this.transactions.run(async (manager) => {
      const found = await this.lockActive(manager, id);
      if ('code' in found)
        return this.refuse(manager, actor, { action: 'disable-webhook', id, refused: found });
      found.disabledAt = this.clock.now();
      await manager.save(found);
      await this.record(manager, actor, 'disable-webhook', { id });
      return found;
    });
  }

  private refuseForm({ url, description }: { url: string; description: string }): Refusal | null {
    const why = refuseWebhookUrl(url, { loopback: this.config.webhookLoopback });
    if (why !== null) return refusal('BAD_PARAMETERS', why, 'url');
    const { length } = description.trim();
    if (length >= 1 && length <= descriptionLengthMax) return null;
    return refusal('INCOMPLETE', `Describe it in 1 to ${descriptionLengthMax} characters.`, 'description');
  }

  private async lockActive(manager: EntityManager, id: string): Promise<Webhook | Refusal> {
    const where = { id, disabledAt: IsNull() };
    const found = await manager.findOne(Webhook, { where, lock: { mode: 'pessimistic_write' } });
    return found ?? refusal('NOT_FOUND', 'There is no such webhook, or it is disabled.', 'id');
  }

  private async refuse(
    manager: EntityManager,
    actor: Actor,
    {
      action,
      id,
      refused,
    }: { readonly action: string; readonly id: string | null; readonly refused: Refusal },
  ): Promise<Refusal> {
    await this.record(manager, actor, action, { id, refusal: refused });
    return refused;
  }

  private record(
    manager: EntityManager,
    actor: Actor,
    action: string,
    { id, ...more }: { readonly id: string | null; readonly details?: object; readonly refusal?: Refusal },
  ): Promise<void> {
    return this.audit.record(manager, { actor, action, subjectType: 'Webhook', subjectId: id, ...more });
  }
}

async function refuseOneMore(manager: EntityManager): Promise<Refusal | null> {
  const active = await manager.countBy(Webhook, { disabledAt: IsNull() });
  return active < activeMax
    ? null
    : refusal('WRONG_STATE', `There are ${activeMax} webhooks; disable one first.`);
}
