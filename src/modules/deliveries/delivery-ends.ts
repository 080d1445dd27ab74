import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import type { DeliveryReport } from '../../exporters/delivery/deliver-bundles.js';
import { AuditService } from '../audit/index.js';
import { CLOCK } from '../platform/index.js';
import { Delivery, type DeliveryOutcome } from './delivery.entity.js';

interface DeliveryEnd {
  readonly outcome: DeliveryOutcome;
  readonly reason: string | null;
  /** Null when nobody knows. */
  readonly report: DeliveryReport | null;
}

const conflictsKept = 100;
const urlsKept = 20;
const reasonLengthMax = 500;

/** Writes down, and puts on record, what came of deliveries: numbers, and enough of the conflicts to look at them. */
@Injectable()
export class DeliveryEnds {
  constructor(
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async write(
    manager: EntityManager,
    id: string,
    { outcome, reason: why, report }: DeliveryEnd,
  ): Promise<void> {
    const delivery = await manager.findOneByOrFail(Delivery, { id });
    const reason = why?.slice(0, reasonLengthMax) ?? null;
    const numbers = report && {
      posted: report.posted.length,
      unchanged: report.unchanged.length,
      inConflict: report.conflicts.length,
    };
    const conflicts = (report?.conflicts ?? [])
      .slice(0, conflictsKept)
      .map(({ bundle, urls }) => ({ bundle, urls: urls.slice(0, urlsKept) }));
    const counts = numbers && { ...numbers, conflicts };
    await manager.save(Object.assign(delivery, { outcome, reason, counts, finishedAt: this.clock.now() }));
    const { releaseId, server, isDryRun } = delivery;
    await this.audit.record(manager, {
      ...{ actor: 'system', action: 'deliver-release', subjectType: 'Release', subjectId: releaseId },
      details: { delivery: id, server, isDryRun, outcome, reason, ...numbers },
    });
  }
}
