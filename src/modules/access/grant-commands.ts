import { alikeInGrant } from './alike-in-grant.js';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { type AuditActor, AuditService } from '../audit/index.js';
import { type Actor, peopleById } from '../identity/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { AccessGrant } from './grant.entity.js';
import { refuseGrantCommand } from './grant.rules.js';
import { type GrantCommand, type GrantState, grantTarget } from './grant.state.js';
import { type ReleaseTeam, teamsOfReleases } from './release-teams.js';
import { msPerDay } from '../../core/time/units.js';

export interface GrantStep {
  readonly command: GrantCommand;
  /** What has to hold besides the rules of the table. */
  readonly refuse?: (manager: EntityManager, grant: AccessGrant) => Promise<Refusal | null> | Refusal | null;
  /** Changes the grant and writes what belongs to the change. */
  readonly apply?: (manager: EntityManager, grant: AccessGrant) => Promise<void> | void;
  /** Kept with the audit event. */
  readonly details?: object;
}

/** The one way to change a grant's state: load, decide, save, record, in one transaction. */
@Injectable()
export class GrantCommands {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  carryOut(actor: Actor, id: string, step: GrantStep): Promise<AccessGrant | Refusal> {
    return this.transactions.run(async (manager) => {
      const grant = await this.lock(manager, id);
      if (!grant) return refusal('NOT_FOUND', 'There is no such access grant.', id);
      const refused =
        (await this.refuseNow(manager, actor, step.command, grant)) ??
        (await step.refuse?.(manager, grant)) ??
        null;
      await this.conclude(manager, { actor, grant, step, refused });
      return refused ?? grant;
    });
  }

  /** For the referee, who has shown a token: `grant` is locked by the caller. */
  async carryOutForReferee(
    manager: EntityManager,
    grant: AccessGrant,
    step: GrantStep,
  ): Promise<AccessGrant | Refusal> {
    const refused = refuseGrantCommand(step.command, { grant, person: null, releaseTeamIds: [] });
    await this.conclude(manager, { actor: 'anonymous', grant, step, refused });
    return refused ?? grant;
  }

  /** For the clock, and for what happens to the release or the person: `grant` is locked by the caller. */
  async carryOutAsSystem(manager: EntityManager, grant: AccessGrant, step: GrantStep): Promise<void> {
    const refused = refuseGrantCommand(step.command, { grant, person: null, releaseTeamIds: [] });
    if (!refused) await this.conclude(manager, { actor: 'system', grant, step, refused });
  }

  /** Why this person may not give the command now: roles first, then the table and the rules about persons. */
  async refuseNow(
    manager: EntityManager,
    actor: Actor,
    command: GrantCommand,
    grant: AccessGrant,
  ): Promise<Refusal | null> {
    const refused = actor.refuse(command, grant);
    if (refused) return refused;
    const person = (await peopleById(manager, [actor.id])).get(actor.id);
    const teams = await teamsOfReleases(manager, [grant.releaseId]);
    return this.refuseGiven(actor, command, grant, {
      email: person?.email ?? '',
      team: teams.get(grant.releaseId) ?? null,
    });
  }

  /** The same when the caller has looked up what it depends on. */
  refuseGiven(
    actor: Actor,
    command: GrantCommand,
    grant: AccessGrant,
    { email, team }: { readonly email: string; readonly team: ReleaseTeam | null },
  ): Refusal | null {
    return (
      actor.refuse(command, grant) ??
      refuseGrantCommand(command, {
        grant,
        person: { id: actor.id, email },
        releaseTeamIds: team === null ? [] : [team.requesterId, ...team.memberIds],
      })
    );
  }

  private async conclude(manager: EntityManager, attempt: Attempt): Promise<void> {
    const { actor, grant, step, refused } = attempt;
    const from = grant.state;
    const alike = refused
      ? []
      : await alikeInGrant(manager, grant, typeof actor === 'string' ? null : actor.id);
    if (!refused) await this.proceed(manager, grant, step);
    await this.audit.record(manager, {
      actor,
      action: `${step.command}-access`,
      subjectType: 'AccessGrant',
      subjectId: grant.id,
      refusal: refused,
      details: {
        from,
        to: grant.state,
        releaseId: grant.releaseId,
        ...step.details,
        ...(alike.length > 0 && { alike }),
      },
    });
  }

  private async proceed(manager: EntityManager, grant: AccessGrant, step: GrantStep): Promise<void> {
    const target = grantTarget(step.command, grant.state);
    await step.apply?.(manager, grant);
    if (target) this.enter(grant, target);
    grant.changedAt = this.clock.now();
    await manager.save(grant);
  }

  private enter(grant: AccessGrant, target: GrantState): void {
    grant.state = target;
    if (target !== 'SUSPENDED') Object.assign(grant, { suspensionCause: null, suspendedById: null });
    if (target !== 'EXPIRED' && target !== 'REVOKED') return;
    const now = this.clock.now();
    grant.endedAt = now;
    grant.noteDueAt = new Date(now.getTime() + this.policy.access.noteDays * msPerDay);
  }

  private lock(manager: EntityManager, id: string): Promise<AccessGrant | null> {
    return manager.findOne(AccessGrant, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }
}

interface Attempt {
  readonly actor: AuditActor;
  readonly grant: AccessGrant;
  readonly step: GrantStep;
  readonly refused: Refusal | null;
}
