import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../core/time/clock.js';
import { MAIL_SENDER, type MailSender, messageOf } from '../mail/index.js';
import { CLOCK, CONFIG, type Config, FinalJobError } from '../platform/index.js';

export interface Letter {
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
}

/** Letters to referees and grant holders, some of whom have no account. */
@Injectable()
export class LetterPost {
  constructor(
    @Inject(MAIL_SENDER) private readonly sender: MailSender,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws when it could not be sent; for good with a FinalJobError */
  async send(letter: Letter): Promise<void> {
    const message = messageOf({ id: randomUUID(), at: this.clock.now(), ...letter }, this.config.mail.from);
    if (!message) throw new FinalJobError('The address is none that a letter can be sent to.');
    const outcome = await this.sender.send(message);
    if (outcome.kind === 'sent') return;
    throw outcome.final ? new FinalJobError(outcome.problem) : new Error(outcome.problem);
  }
}
