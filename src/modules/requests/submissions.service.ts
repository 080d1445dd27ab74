import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { groupBy } from '../../core/collections/group-by.js';
import type { Clock } from '../../core/time/clock.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, type Refusal, Transactions } from '../platform/index.js';
import { diffForms } from './form-diff.rules.js';
import { formOf } from './new-request.js';
import { RequestCommands } from './request-commands.js';
import type { ReleaseRequest } from './request.entity.js';
import { RequestRevision } from './request-revision.entity.js';
import { RequestsService } from './requests.service.js';

/** Puts forms to the audit team, and keeps each as it was submitted with what changed since the time before. */
@Injectable()
export class SubmissionsService {
  constructor(
    private readonly commands: RequestCommands,
    private readonly requests: RequestsService,
    private readonly transactions: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  submit(actor: Actor, id: string, command: 'submit' | 'resubmit'): Promise<ReleaseRequest | Refusal> {
    const refuse = this.requests.refuseSubmission.bind(this.requests);
    const apply = async (manager: EntityManager, request: ReleaseRequest): Promise<undefined> => {
      if (command === 'resubmit') request.revision += 1;
      await this.keep(manager, request);
    };
    return this.commands.carryOut(actor, id, { command, refuse, apply });
  }

  /** Oldest first. */
  /** Of several requests, oldest first. */
  async revisionsOf(requestIds: readonly string[]): Promise<ReadonlyMap<string, RequestRevision[]>> {
    const where = { requestId: In(requestIds) };
    const found = await this.transactions.reader.find(RequestRevision, { where, order: { revision: 'ASC' } });
    return groupBy(found, ({ requestId }) => requestId);
  }

  private async keep(manager: EntityManager, request: ReleaseRequest): Promise<void> {
    const { id: requestId, revision } = request;
    const form = { ...formOf(request) };
    const last = await manager.findOneBy(RequestRevision, { requestId, revision: revision - 1 });
    const changes = last ? diffForms(last.form, form) : [];
    await manager.insert(RequestRevision, {
      ...{ requestId, revision, form, changes },
      submittedAt: this.clock.now(),
    });
  }
}
