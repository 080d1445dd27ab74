import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
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
  revisionsOf({ id: requestId }: ReleaseRequest): Promise<RequestRevision[]> {
    const order = { revision: 'ASC' } as const;
    return this.transactions.reader.find(RequestRevision, { where: { requestId }, order, take: 200 });
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
