import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../identity/index.js';
import { refuseFrozen } from '../freeze/index.js';
import { findInput, Mechanism, refuseStopped } from '../mechanisms/index.js';
import { Jobs, type Refusal, refusal } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { type ReleaseRequest, RequestCommands, voidCandidate } from '../requests/index.js';
import { refuseGeneration, refuseSeed, refuseUnexplained } from './generate.rules.js';
import { GenerationAttempts } from './generation-attempts.js';

const seedBytes = 8;

export interface GenerationChoice {
  readonly mechanismId: string;
  /** Null: one is drawn. */
  readonly seed: string | null;
  /** Why another candidate is needed; null for the first one. */
  readonly reason: string | null;
}

@Injectable()
export class GenerationService {
  constructor(
    private readonly commands: RequestCommands,
    private readonly jobs: Jobs,
    private readonly attempts: GenerationAttempts,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  /** Without a seed one is drawn, as it always is of tier HIGH; either way it is recorded. */
  generate(actor: Actor, id: string, choice: GenerationChoice): Promise<ReleaseRequest | Refusal> {
    const { mechanismId, reason } = choice;
    const seed = choice.seed ?? randomBytes(seedBytes).toString('hex');
    return this.commands.carryOut(actor, id, {
      command: 'generate',
      details: { mechanismId, seed, drawn: choice.seed === null, reason, policyHash: this.policy.hash },
      refuse: async (manager, request) =>
        refuseSeed(choice.seed, request.tier) ??
        refuseUnexplained(request.attempt, reason) ??
        (await refuseFrozen(manager)) ??
        (await this.refuse(manager, request, mechanismId)) ??
        (await this.attempts.refuseSeed(manager, request, { mechanismId, seed })),
      apply: async (manager, request) => {
        voidCandidate(request);
        Object.assign(request, { mechanismId, seed, operatorId: actor.id, policyHash: this.policy.hash });
        request.attempt += 1;
        await this.attempts.record(manager, request, { ...choice, seed, isDrawn: choice.seed === null });
        await this.jobs.enqueue(manager, 'generate', id, actor);
        return true;
      },
    });
  }

  private async refuse(
    manager: EntityManager,
    request: ReleaseRequest,
    mechanismId: string,
  ): Promise<Refusal | null> {
    const mechanism = await manager.findOneBy(Mechanism, { id: mechanismId });
    if (!mechanism) return refusal('NOT_FOUND', 'There is no such mechanism.', 'mechanismId');
    const input = await findInput(manager, mechanism);
    return (await refuseStopped(manager, mechanismId)) ?? refuseGeneration({ request, mechanism, input });
  }
}
