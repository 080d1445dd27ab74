import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../identity/index.js';
import { refuseStopped } from '../mechanisms/index.js';
import type { Refusal } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { type ReleaseRequest, type RequestCommand, RequestCommands } from '../requests/index.js';
import { ConflictsService } from './conflicts.service.js';
import { refuseVerdict, type Verdict } from './decision.rules.js';
import { DecisionRecords } from './decision-records.js';
import { lettingOn } from './letting-on.js';
import { VerdictConsequences } from './verdict-consequences.js';

@Injectable()
export class DecisionsService {
  constructor(
    private readonly commands: RequestCommands,
    private readonly records: DecisionRecords,
    private readonly consequences: VerdictConsequences,
    private readonly conflicts: ConflictsService,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  /** `asDelegateOf`: the person in whose stead it is decided, where there could be several. */
  decide(
    actor: Actor,
    id: string,
    command: RequestCommand,
    { asDelegateOf = null, ...verdict }: Verdict & { readonly asDelegateOf?: string | null },
  ): Promise<ReleaseRequest | Refusal> {
    return this.commands.carryOut(actor, id, {
      command,
      asDelegateOf,
      details: { reason: verdict.reason, candidateHash: verdict.candidateHash, policyHash: this.policy.hash },
      refuse: async (manager, request) =>
        (await this.refuse(manager, request, actor, verdict)) ??
        (lettingOn.includes(command) ? await refuseStopped(manager, request.mechanismId) : null),
      apply: async (manager, request, delegation) => {
        await this.records.keep(manager, actor, request, { command, delegation, ...verdict });
        return this.consequences.apply(command, manager, { request, actor, delegation });
      },
    });
  }

  /** Who answers that there is a conflict of interest has declared it. */
  private async refuse(
    manager: EntityManager,
    request: ReleaseRequest,
    actor: Actor,
    verdict: Verdict,
  ): Promise<Refusal | null> {
    const refused = refuseVerdict(verdict, request);
    if (refused?.code === 'CONFLICT_OF_INTEREST') {
      await this.conflicts.recuse(manager, actor, request, verdict.reason);
    }
    return refused;
  }
}
