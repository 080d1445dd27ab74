import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import type { Actor } from '../identity/index.js';
import {
  CLOCK,
  idOfSecretToken,
  isSecretOf,
  type Refusal,
  refusal,
  Transactions,
} from '../platform/index.js';
import { GrantCommands } from './grant-commands.js';
import { AccessGrant } from './grant.entity.js';
import { namesIn } from './names-in-letters.js';
import { RefereeLetters } from './referee-letters.js';
import { RefereeToken } from './referee-token.entity.js';
import { refuseRefereeAnswer } from './referee.rules.js';

export interface RefereeAnswer {
  readonly confirms: boolean;
  readonly statement: string;
}

/** What a referee is shown of the application. */
export interface Invitation {
  readonly applicant: string;
  readonly institution: string;
  readonly institutionalEmail: string;
  readonly intendedUse: string;
  readonly release: string;
}

const unknownToken = refusal('NOT_FOUND', 'This token is not valid, or not any longer.', 'token');

/** The referee, who has no account: what they hold is a token, for one answer. */
@Injectable()
export class RefereesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly commands: GrantCommands,
    private readonly letters: RefereeLetters,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  writeAgain(actor: Actor, id: string): Promise<AccessGrant | Refusal> {
    return this.letters.writeAgain(actor, id);
  }

  /** Null when the token does not count. */
  async invitation(token: string): Promise<Invitation | null> {
    const { reader } = this.transactions;
    const found = await this.find(reader, token);
    if (!found || found.spentAt || found.expiresAt <= this.clock.now()) return null;
    const grant = await reader.findOneByOrFail(AccessGrant, { id: found.grantId });
    if (grant.state !== 'REQUESTED') return null;
    const { institution, institutionalEmail, intendedUse } = grant;
    return { ...(await namesIn(reader, grant)), institution, institutionalEmail, intendedUse };
  }

  /** Every token that does not count gets the same answer. */
  answer(token: string, answer: RefereeAnswer): Promise<AccessGrant | Refusal> {
    return this.transactions.run(async (manager) => {
      const known = await this.find(manager, token);
      if (!known) return unknownToken;
      const grant = await manager.findOneOrFail(AccessGrant, {
        where: { id: known.grantId },
        lock: { mode: 'pessimistic_write' },
      });
      // Read again under the lock: of two answers at once the second finds the token spent.
      const current = await manager.findOneByOrFail(RefereeToken, { id: known.id });
      const now = this.clock.now();
      const refused = refuseRefereeAnswer(answer, current, now);
      if (refused) return this.letters.recordRefusedAnswer(manager, grant, refused);
      await manager.update(RefereeToken, { id: known.id }, { spentAt: now });
      return this.commands.carryOutForReferee(manager, grant, {
        command: answer.confirms ? 'confirm' : 'refuse',
        apply: (_, application) => {
          application.refereeAnsweredAt = now;
          application.refereeStatement = answer.statement.trim();
          if (!answer.confirms) application.declineReason = 'REFEREE_REFUSED';
        },
        details: { tokenId: known.id },
      });
    });
  }

  private async find(manager: EntityManager, token: string): Promise<RefereeToken | null> {
    const id = idOfSecretToken(token);
    const found = id === null ? null : await manager.findOneBy(RefereeToken, { id });
    return isSecretOf(token, found?.secretHash ?? null) ? found : null;
  }
}
