import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { frozenRefusal, isFrozen, refuseFrozen } from '../freeze/index.js';
import { Mechanism, refuseUse } from '../mechanisms/index.js';
import {
  CLOCK,
  type CommitResult,
  FinalJobError,
  type Job,
  type JobContext,
  type JobHandler,
  Jobs,
  Transactions,
} from '../platform/index.js';
import { ReleaseRequest, RequestCommands, voidCandidate } from '../requests/index.js';
import { holdOffDestroying } from './leftovers.js';
import { CandidateWriter, type WrittenCandidate } from './candidate-writer.js';
import { Candidate } from './candidate.entity.js';

/** Makes the candidate of a request, from what its mechanism pins and nothing else. */
@Injectable()
export class GenerateCandidateJob implements JobHandler {
  readonly kind = 'generate';

  constructor(
    private readonly transactions: Transactions,
    private readonly commands: RequestCommands,
    private readonly jobs: Jobs,
    private readonly writer: CandidateWriter,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(context: JobContext): Promise<CommitResult> {
    const { reader } = this.transactions;
    const request = await reader.findOneByOrFail(ReleaseRequest, { id: context.job.subjectId });
    if (request.state !== 'GENERATING' || request.mechanismId === null) return () => Promise.resolve();
    const mechanism = await reader.findOneByOrFail(Mechanism, { id: request.mechanismId });
    const stopped = refuseUse(mechanism);
    if (stopped) throw new FinalJobError(stopped.message);
    if (await isFrozen(reader)) throw new FinalJobError(frozenRefusal().message);
    const written = await this.writer.write({ request, mechanism }, context);
    return (manager) => this.commit(manager, { request, mechanism, ...written });
  }

  async giveUp(manager: EntityManager, job: Job, reason: string): Promise<void> {
    await this.commands.carryOutAsSystem(manager, job.subjectId, {
      command: 'generation-failed',
      details: { reason },
      apply: (_, request) => {
        voidCandidate(request);
        return Promise.resolve(true);
      },
    });
  }

  private async commit(manager: EntityManager, made: Made): Promise<void> {
    const { request, mechanism, hash, files } = made;
    const { id, attempt, seed, operatorId } = request;
    await this.commands.carryOutAsSystem(manager, id, {
      command: 'generated',
      details: { candidateHash: hash, attempt, seed },
      apply: async (_, current) => {
        if (current.attempt !== attempt) return false;
        // What began before a freeze does not end in it.
        const frozen = await refuseFrozen(manager);
        if (frozen) throw new FinalJobError(frozen.message);
        await holdOffDestroying(manager);
        await this.writer.requireThere(files);
        await manager.insert(Candidate, {
          requestId: id,
          attempt,
          hash,
          seed: seed ?? '',
          mechanismHash: mechanism.hash,
          policyHash: request.policyHash ?? '',
          rows: request.rows,
          files,
          generatedAt: this.clock.now(),
        });
        current.candidateHash = hash;
        await this.jobs.enqueue(manager, 'check', id, operatorId === null ? 'system' : { id: operatorId });
        return true;
      },
    });
  }
}

interface Made extends WrittenCandidate {
  readonly request: ReleaseRequest;
  readonly mechanism: Mechanism;
}
