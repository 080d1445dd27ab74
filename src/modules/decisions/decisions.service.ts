import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, Jobs, type Refusal } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import {
  type ReleaseRequest,
  type RequestCommand,
  RequestCommands,
  voidApprovals,
  voidCandidate,
  voidReviews,
} from '../requests/index.js';
import { refuseVerdict, type Verdict } from './decision.rules.js';
import { DecisionRecords } from './decision-records.js';

/** What a verdict does to the request besides moving it. False: it stays where it is. */
type Consequence = (manager: EntityManager, request: ReleaseRequest, actor: Actor) => Promise<boolean>;

@Injectable()
export class DecisionsService {
  private readonly consequences: Readonly<Partial<Record<RequestCommand, Consequence>>> = {
    return: (_, request) => this.startOver(request),
    rework: (_, request) => this.startOver(request),
    query: (_, request) => {
      voidReviews(request);
      return Promise.resolve(true);
    },
    endorse: (_, request, actor) => {
      request.evaluatorId = actor.id;
      request.endorserIds = [...new Set([...request.endorserIds, actor.id])];
      voidApprovals(request);
      request.reviewRound += 1;
      return Promise.resolve(true);
    },
    approve: (manager, request, actor) => this.approve(manager, request, actor),
    close: async (manager, request) => {
      await this.jobs.enqueue(manager, 'destroy', request.id);
      return this.startOver(request);
    },
    recheck: async (manager, request) => {
      voidReviews(request);
      request.checksOutcome = null;
      request.checksPolicyHash = null;
      await this.jobs.enqueue(manager, 'check', request.id);
      return true;
    },
  };

  constructor(
    private readonly commands: RequestCommands,
    private readonly records: DecisionRecords,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  decide(
    actor: Actor,
    id: string,
    command: RequestCommand,
    verdict: Verdict,
  ): Promise<ReleaseRequest | Refusal> {
    return this.commands.carryOut(actor, id, {
      command,
      details: { reason: verdict.reason, candidateHash: verdict.candidateHash, policyHash: this.policy.hash },
      refuse: (_, request) => refuseVerdict(verdict, request),
      apply: async (manager, request) => {
        await this.records.keep(manager, actor, request, { command, ...verdict });
        return (await this.consequences[command]?.(manager, request, actor)) ?? true;
      },
    });
  }

  private startOver(request: ReleaseRequest): Promise<boolean> {
    voidCandidate(request);
    return Promise.resolve(true);
  }

  /** The last approval that is needed sends the candidate to publication. */
  private async approve(manager: EntityManager, request: ReleaseRequest, actor: Actor): Promise<boolean> {
    request.approverIds = [...request.approverIds, actor.id];
    if (request.approverIds.length < this.policy.approvals[request.tier]) return false;
    request.approvedAt = this.clock.now();
    await this.jobs.enqueue(manager, 'publish', request.id);
    return true;
  }
}
