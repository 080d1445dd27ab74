import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import type { Actor, HeldDelegation } from '../identity/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { type CurrentQuestions, QUESTIONS } from '../questions/index.js';
import { ReleaseRequest } from './request.entity.js';
import { refuseCommand } from './request.rules.js';
import { type RequestCommand, targetOf } from './request.state.js';

export interface CommandStep {
  readonly command: RequestCommand;
  /** What has to hold besides the rules of the table, such as a complete form. */
  readonly refuse?: (
    manager: EntityManager,
    request: ReleaseRequest,
  ) => Promise<Refusal | null> | Refusal | null;
  /** Changes the request and writes what belongs to the change. False: the request stays in its state. */
  readonly apply?: (
    manager: EntityManager,
    request: ReleaseRequest,
    delegation: HeldDelegation | null,
  ) => Promise<boolean | undefined>;
  /** In whose stead; null or absent where the person decides in their own right, or for one person only. */
  readonly asDelegateOf?: string | null;
  /** Kept with the audit event. */
  readonly details?: object;
}

/** The one way to change a request's state: load, decide, save, record, in one transaction. */
@Injectable()
export class RequestCommands {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
    @Inject(QUESTIONS) private readonly questions: CurrentQuestions,
  ) {}

  carryOut(actor: Actor, id: string, step: CommandStep): Promise<ReleaseRequest | Refusal> {
    return this.transactions.run((manager) => this.carryOutIn(manager, actor, id, step));
  }

  /** The same in the caller's transaction. */
  async carryOutIn(
    manager: EntityManager,
    actor: Actor,
    id: string,
    step: CommandStep,
  ): Promise<ReleaseRequest | Refusal> {
    const request = await this.lock(manager, id);
    if (!request) return this.refuseUnknown(manager, actor, id, step);
    const standing = actor.standingFor(step.command, request, step.asDelegateOf);
    const delegation = standing && 'code' in standing ? null : standing;
    const refused =
      actor.refuse(step.command, request) ??
      (standing && 'code' in standing ? standing : null) ??
      (delegation && (await this.refuseEnded(manager, delegation))) ??
      this.refuseNow(step.command, request, actor.id, delegation) ??
      (await step.refuse?.(manager, request)) ??
      null;
    const from = request.state;
    if (!refused) await this.proceed(manager, request, step, delegation);
    await this.audit.record(manager, {
      actor,
      action: `${step.command}-request`,
      subjectType: 'Request',
      subjectId: id,
      refusal: refused,
      details: {
        from,
        to: request.state,
        ...step.details,
        ...(delegation
          ? { asDelegateOf: delegation.delegatorId, delegationId: delegation.delegationId }
          : {}),
      },
    });
    return refused ?? request;
  }

  private async refuseUnknown(
    manager: EntityManager,
    actor: Actor,
    id: string,
    { command }: CommandStep,
  ): Promise<Refusal> {
    const unknown = refusal('NOT_FOUND', 'There is no such request.', id);
    await this.audit.record(manager, {
      actor,
      action: `${command}-request`,
      subjectType: 'Request',
      subjectId: id,
      refusal: unknown,
    });
    return unknown;
  }

  /** For jobs: in their own transaction. Returns why not, when the request has moved on meanwhile. */
  async carryOutAsSystem(manager: EntityManager, id: string, step: CommandStep): Promise<Refusal | null> {
    const request = await this.lock(manager, id);
    const refused = request
      ? this.refuseNow(step.command, request, null)
      : refusal('NOT_FOUND', 'There is no such request.');
    if (!request || refused) return refused;
    const from = request.state;
    await this.proceed(manager, request, step, null);
    await this.audit.record(manager, {
      actor: 'system',
      action: `${step.command}-request`,
      subjectType: 'Request',
      subjectId: id,
      details: { from, to: request.state, ...step.details },
    });
    return null;
  }

  refuseNow(
    command: RequestCommand,
    request: ReleaseRequest,
    personId: string | null,
    delegation: HeldDelegation | null = null,
  ): Refusal | null {
    const delegatorId = delegation?.delegatorId ?? null;
    const [policyHash, questionsHash] = [this.policy.hash, this.questions.hash];
    return refuseCommand(command, { request, personId, delegatorId, policyHash, questionsHash });
  }

  /** Why this person may not give the command, in their own right or for anybody who lets them. */
  refuseTo(actor: Actor, command: RequestCommand, request: ReleaseRequest): Refusal | null {
    const refused = actor.refuse(command, request);
    if (refused) return refused;
    if (actor.mayInOwnRight(command, request)) return this.refuseNow(command, request, actor.id);
    const answers = actor.delegations.map((one) => this.refuseNow(command, request, actor.id, one));
    return answers.includes(null) ? null : (answers[0] ?? null);
  }

  /** Asked of the row itself, and locked: a revocation that commits first is seen, one that comes later waits. */
  private async refuseEnded(
    manager: EntityManager,
    { delegationId }: HeldDelegation,
  ): Promise<Refusal | null> {
    const live = await manager.query<unknown[]>(
      `SELECT 1 FROM delegation WHERE id = $1 AND revoked_at IS NULL AND starts_at <= $2 AND ends_at > $2 FOR SHARE`,
      [delegationId, this.clock.now()],
    );
    return live.length > 0 ? null : refusal('NOT_PERMITTED', 'The delegation has ended.', 'asDelegateOf');
  }

  private async proceed(
    manager: EntityManager,
    request: ReleaseRequest,
    step: CommandStep,
    delegation: HeldDelegation | null,
  ): Promise<void> {
    const target = targetOf(step.command, request.state);
    const moves = (await step.apply?.(manager, request, delegation)) ?? true;
    if (moves && target) request.state = target;
    request.changedAt = this.clock.now();
    await manager.save(request);
  }

  private lock(manager: EntityManager, id: string): Promise<ReleaseRequest | null> {
    return manager.findOne(ReleaseRequest, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }
}
