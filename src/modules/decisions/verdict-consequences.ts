import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import type { Actor, HeldDelegation } from '../identity/index.js';
import { CLOCK, Jobs } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import {
  beginRound,
  type ReleaseRequest,
  type RequestCommand,
  voidCandidate,
  voidChecks,
  voidReviews,
} from '../requests/index.js';

interface Judged {
  readonly request: ReleaseRequest;
  readonly actor: Actor;
  readonly delegation: HeldDelegation | null;
}

/** What a verdict does to the request besides moving it. False: it stays where it is. */
type Consequence = (manager: EntityManager, judged: Judged) => Promise<boolean>;

@Injectable()
export class VerdictConsequences {
  private readonly byCommand: Readonly<Partial<Record<RequestCommand, Consequence>>> = {
    return: (_, { request }) => this.startOver(request),
    rework: (_, { request }) => this.startOver(request),
    query: (_, { request }) => {
      voidReviews(request);
      return Promise.resolve(true);
    },
    endorse: (_, { request, actor }) => {
      request.evaluatorId = actor.id;
      request.endorserIds = [...new Set([...request.endorserIds, actor.id])];
      beginRound(request);
      return Promise.resolve(true);
    },
    approve: (manager, judged) => this.approve(manager, judged),
    close: async (manager, { request, actor }) => {
      await this.jobs.enqueue(manager, 'destroy', request.id, actor);
      return this.startOver(request);
    },
    recheck: async (manager, { request, actor }) => {
      voidChecks(request);
      await this.jobs.enqueue(manager, 'check', request.id, actor);
      return true;
    },
  };

  constructor(
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  async apply(command: RequestCommand, manager: EntityManager, judged: Judged): Promise<boolean> {
    return (await this.byCommand[command]?.(manager, judged)) ?? true;
  }

  private startOver(request: ReleaseRequest): Promise<boolean> {
    voidCandidate(request);
    return Promise.resolve(true);
  }

  /** The last approval that is needed sends the candidate to publication. No two approvals share a person. */
  private async approve(manager: EntityManager, { request, actor, delegation }: Judged): Promise<boolean> {
    request.approverIds = [...request.approverIds, actor.id];
    if (delegation) request.delegatorIds = [...request.delegatorIds, delegation.delegatorId];
    if (request.approverIds.length < this.policy.approvals[request.tier]) return false;
    request.approvedAt = this.clock.now();
    await this.jobs.enqueueUnlessUnderWay(manager, 'publish', request.id, actor);
    return true;
  }
}
