import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../core/time/clock.js';
import { CLOCK, CONFIG, type Config } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import {
  type Circumstances,
  isForProvider,
  maySpeakForOthers,
  passwordOpens,
  rolesCount,
  type SignInFacts,
} from './account-standing.rules.js';

/** Which accounts count for what at this moment, by the settings and the policy in force. */
@Injectable()
export class AccountStanding {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  passwordOpens(account: SignInFacts): 'yes' | 'break-glass' | 'no' {
    return passwordOpens(account, this.circumstances());
  }

  /** For a person who is there. */
  countsInPerson(account: SignInFacts): boolean {
    return rolesCount(account, this.circumstances(), false);
  }

  /** For a program with a token of the person. */
  countsForPrograms(account: SignInFacts): boolean {
    return rolesCount(account, this.circumstances(), true);
  }

  maySpeakForOthers(account: Parameters<typeof maySpeakForOthers>[0]): boolean {
    return maySpeakForOthers(account, this.circumstances());
  }

  /** Of these roles those that somebody may have whom nothing but issuer and subject identifies. */
  withoutProof(roles: readonly string[]): string[] {
    return roles.filter((role) => !isForProvider(role, this.circumstances()));
  }

  private circumstances(): Circumstances {
    const { providerRolesHours, providerRoles } = this.policy.accounts;
    return {
      now: this.clock.now(),
      hasProvider: this.config.oidc !== undefined,
      breakGlass: this.config.breakGlass,
      known: this.policy.roles,
      ...{ providerRolesHours, providerRoles },
    };
  }
}
