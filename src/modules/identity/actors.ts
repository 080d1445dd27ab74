import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../core/time/clock.js';
import { CLOCK, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { Actor, type HeldDelegation } from './actor.js';
import type { Person } from './person.entity.js';

interface HeldRow {
  readonly id: string;
  readonly delegator_id: string;
  readonly roles: string[];
}

/** Makes actors of people: with their roles as they are, and the delegations that count at this moment. */
@Injectable()
export class Actors {
  constructor(
    private readonly transactions: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  /** `scopes`: of the API token that speaks for the person; null when they signed in. */
  async of(person: Person, scopes: ReadonlySet<string> | null): Promise<Actor> {
    const { roles: policies, delegation } = this.policy;
    const delegations = await this.heldBy(person);
    const standing = { scopes, delegations, delegated: delegation.may };
    return new Actor(person.id, person.name, person.roles, policies, standing);
  }

  /** A delegator who has lost the right, or the account, has nothing to lend. */
  private async heldBy({ id, roles }: Person): Promise<HeldDelegation[]> {
    if (roles.some((role) => this.policy.delegation.notToRoles.includes(role))) return [];
    const rows = await this.transactions.reader.query<HeldRow[]>(
      `SELECT delegation.id, delegator_id, person.roles FROM delegation
       JOIN person ON person.id = delegator_id AND person.disabled_at IS NULL
       WHERE delegate_id = $1 AND revoked_at IS NULL AND starts_at <= $2 AND ends_at > $2 ORDER BY starts_at`,
      [id, this.clock.now()],
    );
    return rows
      .filter((row) =>
        new Actor(row.delegator_id, '', row.roles, this.policy.roles).mayEver('approve', 'Request'),
      )
      .map((row) => ({ delegationId: row.id, delegatorId: row.delegator_id }));
  }
}
