import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../audit/index.js';
import type { Candidate } from '../generation/index.js';
import type { Refusal } from '../platform/index.js';
import { ReleaseRequest, RequestCommands, turnedBack } from '../requests/index.js';
import { PublicationGate } from './publication-gate.js';
import { ReleaseRecords } from './release-records.js';

/** The end of a publication: the release is there, or information governance is asked again. */
@Injectable()
export class ReleasePublication {
  constructor(
    private readonly gate: PublicationGate,
    private readonly commands: RequestCommands,
    private readonly audit: AuditService,
    private readonly records: ReleaseRecords,
  ) {}

  refuse(manager: EntityManager, request: ReleaseRequest, candidate: Candidate): Promise<Refusal | null> {
    return this.gate.refuse(manager, request, candidate);
  }

  async conclude(manager: EntityManager, requestId: string, candidate: Candidate): Promise<void> {
    const late: Refusal[] = [];
    await this.commands.carryOutAsSystem(manager, requestId, {
      command: 'publish',
      details: { candidateHash: candidate.hash },
      apply: async (_, request) => {
        // Asked again under the lock: what was true while the files were copied may not be any longer.
        const refused = await this.gate.refuse(manager, request, candidate);
        if (refused) late.push(refused);
        if (refused) return false;
        await this.records.save(manager, request, candidate);
        await this.supersedeParent(manager, request);
        return true;
      },
    });
    for (const refused of late) await this.turnBack(manager, requestId, refused);
  }

  /** What was approved is not what there is: the approvals are void and the reason is on record. */
  async turnBack(manager: EntityManager, requestId: string, refused: Refusal): Promise<void> {
    // First the request, then the chain: the order in which everything else takes its locks.
    await manager.findOne(ReleaseRequest, { where: { id: requestId }, lock: { mode: 'pessimistic_write' } });
    await this.audit.record(manager, {
      actor: 'system',
      action: 'publish-request',
      subjectType: 'Request',
      subjectId: requestId,
      refusal: refused,
    });
    await this.commands.carryOutAsSystem(manager, requestId, turnedBack({ code: refused.code }));
  }

  /** An amendment takes the place of what it amends; a parent that is suspended stays so. */
  private async supersedeParent(
    manager: EntityManager,
    { parentId, linkKind, id }: ReleaseRequest,
  ): Promise<void> {
    if (linkKind !== 'amendment' || parentId === null) return;
    await this.commands.carryOutAsSystem(manager, parentId, {
      command: 'supersede',
      details: { successor: id },
    });
  }
}
