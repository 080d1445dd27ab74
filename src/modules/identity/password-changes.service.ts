import { Inject, Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import type { Actor } from './actor.js';
import { endSignIns } from './end-sign-ins.js';
import { refusePassword } from './new-person.rules.js';
import { Person } from './person.entity.js';
import { SignInLimits } from './sign-in-limits.js';

/** People change their own passwords; whoever else has the old one, or a session by it, has nothing afterwards. */
@Injectable()
export class PasswordChangesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly limits: SignInLimits,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Null when it was done; then every sign-in and API token of the person has ended. */
  async change(actor: Actor, current: string, next: string): Promise<Refusal | null> {
    const person = await this.transactions.reader.findOneByOrFail(Person, { id: actor.id });
    const refused = await this.refuse(person, current, next);
    const passwordHash = refused ? null : await hash(next);
    return this.transactions.run(async (manager) => {
      const { id, passwordHash: before } = person;
      // Of two who change it at once the second one's current password is no longer the current one.
      const done =
        passwordHash !== null &&
        (await manager.update(Person, { id, passwordHash: before ?? '' }, { passwordHash })).affected === 1;
      const answer = refused ?? (done ? null : wrongPassword);
      if (done) await endSignIns(manager, id, this.clock.now());
      const entry = { actor, action: 'change-password', subjectType: 'Person', subjectId: id };
      await this.audit.record(manager, { ...entry, refusal: answer });
      return answer;
    });
  }

  /** A stolen session guesses no oftener than somebody at the door. */
  private async refuse(
    { email, passwordHash }: Person,
    current: string,
    next: string,
  ): Promise<Refusal | null> {
    if (passwordHash === null || email === null)
      return refusal(
        'PROVIDER_SIGN_IN_NEEDED',
        'You have no password here; change it at the identity provider.',
      );
    const weak = refusePassword(next);
    if (weak) return weak;
    if (current === next)
      return refusal('INCOMPLETE', 'Take another password than the one you have.', 'next');
    const isAdmitted = await this.limits.admitAccount(email);
    const right = await verify(passwordHash, current);
    if (isAdmitted && right) return null;
    if (isAdmitted) await this.limits.countFailure(email);
    return wrongPassword;
  }
}

const wrongPassword = refusal('WRONG_CREDENTIALS', 'The current password is wrong.', 'current');
