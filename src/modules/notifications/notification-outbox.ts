import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import type { AuditFacts, AuditObserver } from '../audit/index.js';
import { Jobs } from '../platform/index.js';
import { stateChangeOf } from '../reminders/index.js';
import { Notification, webhookTopic } from './notification.entity.js';
import { addresseesOf, holdsFiles, type NotificationRule, rulesFor } from './notification.rules.js';
import { Recipients } from './recipients.js';
import { Subjects } from './subjects.js';
import { Webhook } from './webhooks/webhook.entity.js';

type Fresh = Pick<
  Notification,
  | 'id'
  | 'personId'
  | 'webhookId'
  | 'channel'
  | 'topic'
  | 'subjectType'
  | 'subjectId'
  | 'facts'
  | 'state'
  | 'sentAt'
>;

const nobody = { personId: null, webhookId: null };

/** Writes down who has to hear of an event, in the transaction of the event; what has to travel is a job. */
@Injectable()
export class NotificationOutbox implements AuditObserver {
  constructor(
    private readonly subjects: Subjects,
    private readonly recipients: Recipients,
    private readonly jobs: Jobs,
  ) {}

  async observe(manager: EntityManager, event: AuditFacts): Promise<void> {
    const fresh = [...(await this.forPeople(manager, event)), ...(await this.forWebhooks(manager, event))];
    if (fresh.length === 0) return;
    const common = { eventSequence: event.sequence, createdAt: new Date(event.at), attempts: 0 };
    await manager.insert(
      Notification,
      fresh.map((one) => ({ ...one, ...common })),
    );
    const toSend = fresh.filter(({ state }) => state === 'PENDING').map(({ id }) => id);
    if (toSend.length > 0) await this.jobs.enqueueAll(manager, 'notify', toSend);
  }

  private async forPeople(manager: EntityManager, event: AuditFacts): Promise<Fresh[]> {
    const { subjectType, subjectId, actorId } = event;
    const rules = rulesFor(event);
    if (rules.length === 0 || subjectId === null) return [];
    const subject = await this.subjects.find(manager, subjectType, subjectId);
    if (!subject) return [];
    const { personId: named } = event.details as { readonly personId?: unknown };
    const downloaderId = typeof named === 'string' ? named : null;
    const reached = [];
    for (const rule of rules) {
      const personIds = await this.recipients.find(manager, rule.audience, subject, downloaderId);
      reached.push({ rule, personIds });
    }
    const about = { subjectType, subjectId, reference: subject.reference, at: new Date(event.at) };
    return [...addresseesOf(reached, actorId)].flatMap(([personId, rule]) =>
      onBothChannels(personId, rule, about),
    );
  }

  private async forWebhooks(manager: EntityManager, event: AuditFacts): Promise<Fresh[]> {
    const change = stateChangeOf(event);
    if (!change) return [];
    const webhooks = await manager.findBy(Webhook, { disabledAt: IsNull() });
    const { requestId: subjectId, from, to } = change;
    const facts = { reference: '', holdsFiles: false, from, to };
    return webhooks.map(({ id: webhookId }) => ({
      ...{ ...nobody, id: randomUUID(), webhookId, channel: 'webhook', topic: webhookTopic },
      ...{ subjectType: 'Request', subjectId, facts, state: 'PENDING', sentAt: null },
    }));
  }
}

interface About {
  readonly subjectType: string;
  readonly subjectId: string;
  readonly reference: string;
  readonly at: Date;
}

/** In the inbox it has arrived with the event itself. */
function onBothChannels(
  personId: string,
  { topic, audience }: NotificationRule,
  { subjectType, subjectId, reference, at }: About,
): Fresh[] {
  const facts = { reference, holdsFiles: holdsFiles(audience), from: null, to: null };
  const common = { ...nobody, personId, topic, subjectType, subjectId, facts };
  return [
    { ...common, id: randomUUID(), channel: 'inbox', state: 'SENT', sentAt: at },
    { ...common, id: randomUUID(), channel: 'email', state: 'PENDING', sentAt: null },
  ];
}
