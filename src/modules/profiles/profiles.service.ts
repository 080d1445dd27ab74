import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, Jobs, type Refusal, refusal, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { refuseWithoutRecords, Source } from '../sources/index.js';
import { SourceProfile } from './profile.entity.js';
import { refuseControl, type StricterControl } from './stricter-control.rules.js';
import { lockRecusals, recusedFromSource } from './source-recusals.js';

@Injectable()
export class ProfilesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  find(id: string): Promise<SourceProfile | null> {
    return this.transactions.reader.findOneBy(SourceProfile, { id });
  }

  listFor(sourceId: string): Promise<SourceProfile[]> {
    return this.transactions.reader.find(SourceProfile, {
      where: { sourceId },
      order: { requestedAt: 'DESC' },
      take: 200,
    });
  }

  request(actor: Actor, sourceId: string, asked: StricterControl): Promise<SourceProfile | Refusal> {
    return this.transactions.run(async (manager) => {
      const source = await manager.findOneBy(Source, { id: sourceId });
      if (!source) return refusal('NOT_FOUND', 'There is no such source.', sourceId);
      // Two people who ask at once wait for each other here.
      await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`picketfence-profile-${sourceId}`]);
      await lockRecusals(manager);
      const running = await manager.existsBy(SourceProfile, { sourceId, state: 'RUNNING' });
      const refused =
        refuseWithoutRecords(source) ??
        refuseControl(asked, this.policy.disclosure) ??
        (running ? refusal('WRONG_STATE', 'A profile of this source is being made already.') : null);
      const profile = manager.create(SourceProfile, {
        sourceId,
        state: 'RUNNING',
        statistics: [],
        stricterControl: asked,
        policyHash: this.policy.hash,
        requestedById: actor.id,
        recusedIds: await recusedFromSource(manager, sourceId),
        requestedAt: this.clock.now(),
      });
      if (!refused) {
        await manager.save(profile);
        await this.jobs.enqueue(manager, 'profile', profile.id, actor);
      }
      await this.audit.record(manager, {
        actor,
        action: 'request-profile',
        subjectType: 'Source',
        subjectId: sourceId,
        refusal: refused,
        ...(Object.keys(asked).length > 0 && { details: { stricterControl: asked } }),
      });
      return refused ?? profile;
    });
  }

  cancel(actor: Actor, id: string): Promise<SourceProfile | Refusal> {
    return this.transactions.run(async (manager) => {
      const profile = await manager.findOneBy(SourceProfile, { id });
      if (!profile) return refusal('NOT_FOUND', 'There is no such profile.', id);
      const refused =
        actor.refuse('cancel', profile) ??
        ((await this.jobs.requestCancel(manager, id))
          ? null
          : refusal('NOT_RUNNING', 'Nothing is running to cancel.'));
      await this.audit.record(manager, {
        actor,
        action: 'cancel-profile',
        subjectType: 'Profile',
        subjectId: id,
        refusal: refused,
      });
      return refused ?? profile;
    });
  }
}
