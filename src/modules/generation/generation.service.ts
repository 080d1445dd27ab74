import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { findInput, Mechanism, refuseUse } from '../mechanisms/index.js';
import { Jobs, type Refusal, refusal, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { ReleaseRequest, RequestCommands, voidCandidate } from '../requests/index.js';
import { refuseGeneration, refuseSeed } from './generate.rules.js';

const seedBytes = 8;

@Injectable()
export class GenerationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly commands: RequestCommands,
    private readonly jobs: Jobs,
    private readonly audit: AuditService,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  /** Without a seed one is drawn; either way it is recorded. */
  generate(
    actor: Actor,
    id: string,
    choice: { readonly mechanismId: string; readonly seed: string | null },
  ): Promise<ReleaseRequest | Refusal> {
    const { mechanismId } = choice;
    const seed = choice.seed ?? randomBytes(seedBytes).toString('hex');
    return this.commands.carryOut(actor, id, {
      command: 'generate',
      details: { mechanismId, seed, policyHash: this.policy.hash },
      refuse: async (manager, request) =>
        refuseSeed(seed) ?? (await this.refuse(manager, request, mechanismId)),
      apply: async (manager, request) => {
        voidCandidate(request);
        Object.assign(request, { mechanismId, seed, operatorId: actor.id, policyHash: this.policy.hash });
        request.attempt += 1;
        await this.jobs.enqueue(manager, 'generate', id);
        return true;
      },
    });
  }

  /** Stops the work on a request; the worker then puts the request back. */
  cancel(actor: Actor, id: string): Promise<ReleaseRequest | Refusal> {
    return this.transactions.run(async (manager) => {
      const request = await manager.findOneBy(ReleaseRequest, { id });
      if (!request) return refusal('NOT_FOUND', 'There is no such request.', id);
      const refused = actor.refuse('cancel', request) ?? (await this.requestCancel(manager, request));
      await this.audit.record(manager, {
        actor,
        action: 'cancel-request',
        subjectType: 'Request',
        subjectId: id,
        refusal: refused,
      });
      return refused ?? request;
    });
  }

  private async requestCancel(
    manager: EntityManager,
    { id, state }: ReleaseRequest,
  ): Promise<Refusal | null> {
    const cancellable = state === 'GENERATING' || state === 'CHECKING';
    if (cancellable && (await this.jobs.requestCancel(manager, id))) return null;
    return refusal('NOT_RUNNING', 'Nothing that could be cancelled is running.');
  }

  private async refuse(
    manager: EntityManager,
    request: ReleaseRequest,
    mechanismId: string,
  ): Promise<Refusal | null> {
    const mechanism = await manager.findOneBy(Mechanism, { id: mechanismId });
    if (!mechanism) return refusal('NOT_FOUND', 'There is no such mechanism.', 'mechanismId');
    const input = await findInput(manager, mechanism);
    return refuseUse(mechanism) ?? refuseGeneration({ request, mechanism, input });
  }
}
