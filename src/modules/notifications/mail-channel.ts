import { Inject, Injectable } from '@nestjs/common';
import { Person } from '../identity/index.js';
import { CONFIG, type Config, Transactions } from '../platform/index.js';
import type { DeliveryOutcome } from './delivery.rules.js';
import { type Notification, webhookTopic } from './notification.entity.js';
import { notificationText } from './notification-texts.rules.js';
import { Recipients } from './recipients.js';
import { type Subject, Subjects } from './subjects.js';
import { mailMessageOf } from './notification-mail.rules.js';
import { MAIL_SENDER, type MailSender } from '../mail/index.js';

/** Sends a notification as e-mail, if its person may still be told. */
@Injectable()
export class MailChannel {
  constructor(
    private readonly transactions: Transactions,
    private readonly subjects: Subjects,
    private readonly recipients: Recipients,
    @Inject(MAIL_SENDER) private readonly sender: MailSender,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async deliver(notification: Notification): Promise<DeliveryOutcome> {
    const { id, personId, topic, subjectType, subjectId, facts, createdAt: at } = notification;
    const { reader } = this.transactions;
    const person = await reader.findOneBy(Person, { id: personId ?? '' });
    const subject = await this.subjects.find(reader, subjectType, subjectId);
    if (!person || !subject || topic === webhookTopic)
      return withheld('There is nobody to tell, or nothing of.');
    const mayKnow =
      facts.holdsFiles || (person.disabledAt === null && this.recipients.mayRead(person, subject));
    if (!mayKnow) return withheld('The person may not read it any longer.');
    const { email: address, name } = person;
    if (address === null) return withheld('The person has no address.');
    const sentence = notificationText(topic, facts);
    const message = mailMessageOf(
      { id, at, sentence, title: titleOf(subject), to: { name, address } },
      this.config.mail.from,
    );
    if (message) return this.sender.send(message);
    return { kind: 'failed', problem: 'The address of the person is none to send to.', final: true };
  }
}

const withheld = (problem: string): DeliveryOutcome => ({ kind: 'withheld', problem });

/** Of an incident the request's title is not told: who handles it reads it after signing in. */
const titleOf = ({ object, request }: Subject): string | null => (object === request ? request.title : null);
