import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../core/time/clock.js';
import { CLOCK, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { AccountStanding } from './account-standing.js';
import { Actor, type HeldDelegation, type SpeakingToken } from './actor.js';
import type { Person } from './person.entity.js';

interface HeldRow {
  readonly id: string;
  readonly delegator_id: string;
  readonly roles: string[];
  readonly provider_sign_in_at: Date | null;
}

/** Makes actors of people: with their roles as they are, and the delegations that count at this moment. */
@Injectable()
export class Actors {
  constructor(
    private readonly transactions: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
    private readonly standing: AccountStanding,
  ) {}

  /**
   * `token`: the API token that speaks for the person; null when they signed in. Null: whatever they hold, they have
   * to sign in at the identity provider, anew or at all.
   */
  async of(person: Person, token: SpeakingToken | null): Promise<Actor | null> {
    const counts =
      token === null ? this.standing.countsInPerson(person) : this.standing.countsForPrograms(person);
    if (!counts) return null;
    const { roles: policies, delegation } = this.policy;
    const delegations = await this.heldBy(person);
    const standing = { token, delegations, delegated: delegation.may };
    return new Actor(person.id, person.name, person.roles, policies, standing);
  }

  /** A delegator who has lost the right, or the account, or was not seen at the provider for long, has nothing to lend. */
  private async heldBy(person: Person): Promise<HeldDelegation[]> {
    const { id, roles } = person;
    if (roles.some((role) => this.policy.delegation.notToRoles.includes(role))) return [];
    if (!this.standing.maySpeakForOthers(person)) return [];
    const rows = await this.transactions.reader.query<HeldRow[]>(
      `SELECT delegation.id, delegator_id, person.roles, person.provider_sign_in_at FROM delegation
       JOIN person ON person.id = delegator_id AND person.disabled_at IS NULL
       WHERE delegate_id = $1 AND revoked_at IS NULL AND starts_at <= $2 AND ends_at > $2 ORDER BY starts_at`,
      [id, this.clock.now()],
    );
    return rows
      .filter(({ roles: lent, provider_sign_in_at: providerSignInAt }) =>
        this.standing.countsInPerson({ roles: lent, providerSignInAt }),
      )
      .filter((row) =>
        new Actor(row.delegator_id, '', row.roles, this.policy.roles).mayEver('approve', 'Request'),
      )
      .map((row) => ({ delegationId: row.id, delegatorId: row.delegator_id }));
  }
}
