import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { IsNull } from 'typeorm';
import { AuditService } from '../audit/index.js';
import { type Refusal, refusal, Transactions } from '../platform/index.js';
import { AccountStanding } from './account-standing.js';
import { Person } from './person.entity.js';
import { SessionsService, type SignedInPerson } from './sessions.service.js';
import { addressWindowMinutes, lockOutMinutes, SignInLimits } from './sign-in-limits.js';

export interface Credentials {
  readonly email: string;
  readonly password: string;
  /** Where the attempt comes from. */
  readonly address: string;
}

/** Verified when nobody has the e-mail address, so that the answer takes as long as for a wrong password. */
const nobodysHash = hash('nobody has this password');
const wrongCredentials = refusal('WRONG_CREDENTIALS', 'The e-mail address or the password is wrong.');
const atProvider = refusal(
  'PROVIDER_SIGN_IN_NEEDED',
  'With your roles you sign in at the identity provider, not with a password.',
);
const tooMany = refusal(
  'RATE_LIMITED',
  `Too many sign-ins from your address failed; try again in ${addressWindowMinutes} minutes.`,
);

@Injectable()
export class SignInService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly limits: SignInLimits,
    private readonly sessions: SessionsService,
    private readonly standing: AccountStanding,
  ) {}

  async signIn({ password, address, ...typed }: Credentials): Promise<SignedInPerson | Refusal> {
    const email = typed.email.trim().toLowerCase();
    const admission = await this.limits.admitAddress(address);
    if (admission !== 'admitted') {
      if (admission === 'refused for the first time') await this.recordRefusal(null, tooMany, { address });
      return tooMany;
    }
    const isAdmitted = await this.limits.admitAccount(email);
    const person = await this.transactions.reader.findOneBy(Person, { email, disabledAt: IsNull() });
    const right = await verify(person?.passwordHash ?? (await nobodysHash), password);
    // Locked out: the same work and the same words as for a wrong password, and nothing more for the record.
    if (!isAdmitted) return wrongCredentials;
    if (!person?.passwordHash || !right) return this.refuse(email, person);
    const opens = this.standing.passwordOpens(person);
    if (opens === 'no') {
      await this.recordRefusal(person, atProvider);
      return atProvider;
    }
    await this.limits.countSuccess(email, address);
    return opens === 'break-glass' ? this.breakGlass(person, address) : this.sessions.open(person);
  }

  /** On record by itself, so that it is seen and told. */
  private breakGlass(person: Person, address: string): Promise<SignedInPerson> {
    return this.transactions.run(async (manager) => {
      await this.audit.record(manager, {
        actor: person,
        action: 'break-glass',
        subjectType: 'Person',
        subjectId: person.id,
        details: { roles: person.roles, address },
      });
      return this.sessions.openIn(manager, person, { method: 'break-glass' });
    });
  }

  private async refuse(email: string, person: Person | null): Promise<Refusal> {
    await this.recordRefusal(person, wrongCredentials);
    if (await this.limits.countFailure(email)) {
      await this.audit.recordAlone({
        actor: 'system',
        action: 'lock-out',
        subjectType: 'Person',
        subjectId: person?.id ?? null,
        details: { minutes: lockOutMinutes },
      });
    }
    return wrongCredentials;
  }

  private recordRefusal(person: Person | null, refused: Refusal, details: object = {}): Promise<void> {
    return this.audit.recordAlone({
      actor: 'anonymous',
      action: 'sign-in',
      subjectType: 'Person',
      subjectId: person?.id ?? null,
      refusal: refused,
      details,
    });
  }
}
