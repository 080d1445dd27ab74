import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { draftMechanism, type MechanismProposal } from './draft-mechanism.js';
import { Mechanism } from './mechanism.entity.js';

@Injectable()
export class MechanismsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  list(): Promise<Mechanism[]> {
    return this.transactions.reader.find(Mechanism, { order: { registeredAt: 'DESC' }, take: 200 });
  }

  /** The same facts give the same mechanism: asking twice registers once. */
  register(actor: Actor, proposal: MechanismProposal): Promise<Mechanism | Refusal> {
    return this.transactions.run(async (manager) => {
      const drafted = await draftMechanism(manager, proposal, this.policy);
      const mechanism = drafted instanceof Mechanism ? await this.save(manager, actor, drafted) : null;
      const refused = drafted instanceof Mechanism ? null : drafted;
      const { generator, sourceId, profileId, modelId } = proposal;
      await this.audit.record(manager, {
        actor,
        action: 'register-mechanism',
        subjectType: 'Mechanism',
        subjectId: mechanism?.id ?? null,
        refusal: refused,
        details: {
          ...{ hash: mechanism?.hash ?? null, generator },
          ...{ source: sourceId ?? null, profile: profileId ?? null, model: modelId ?? null },
        },
      });
      return mechanism ?? refused ?? refusal('NOT_FOUND', 'There is nothing to give to the generator.');
    });
  }

  private async save(manager: EntityManager, actor: Actor, drafted: Mechanism): Promise<Mechanism> {
    await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [drafted.hash]);
    const { hash, sourceId } = drafted;
    const known = await manager.findOneBy(Mechanism, { hash, sourceId });
    if (known) return known;
    drafted.state = 'DRAFT';
    drafted.recusedIds = [];
    drafted.registeredById = actor.id;
    drafted.registeredAt = this.clock.now();
    return manager.save(drafted);
  }
}
