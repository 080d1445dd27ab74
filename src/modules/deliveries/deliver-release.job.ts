import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import {
  BundleNotDelivered,
  deliverBundles,
  type DeliveryReport,
  DeliveryStopped,
} from '../../exporters/delivery/deliver-bundles.js';
import {
  CLOCK,
  type CommitResult,
  type Job,
  type JobContext,
  type JobHandler,
  Transactions,
} from '../platform/index.js';
import { Release } from '../releases/index.js';
import { RequestCommands, suspensionBySystem } from '../requests/index.js';
import { DeliveryEnds } from './delivery-ends.js';
import { Delivery } from './delivery.entity.js';
import { DeliveryRefused, ReleaseToDeliver } from './release-to-deliver.js';

const retries = { attemptsMax: 5, waitMs: 500, waitMsMax: 60_000 };

/**
 * Loads a release into a FHIR server. Whether it may go there is asked again before each bundle, so that a recall stops what is
 * under way. No state is kept of what the server took: begun anew, it asks the server what it has.
 */
@Injectable()
export class DeliverReleaseJob implements JobHandler {
  readonly kind = 'deliver';
  /** What came of deliveries that were stopped in this process, by job, until they are given up. */
  private readonly stopped = new Map<string, DeliveryReport>();

  constructor(
    private readonly transactions: Transactions,
    private readonly releases: ReleaseToDeliver,
    private readonly ends: DeliveryEnds,
    private readonly commands: RequestCommands,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ job, signal, progress }: JobContext): Promise<CommitResult> {
    const { reader } = this.transactions;
    const delivery = await reader.findOneByOrFail(Delivery, { id: job.subjectId });
    const release = await reader.findOneByOrFail(Release, { id: delivery.releaseId });
    try {
      const report = await this.deliver(release, delivery, { signal, progress });
      const outcome = report.conflicts.length > 0 ? 'CONFLICTS' : 'DELIVERED';
      return (manager) => this.ends.write(manager, delivery.id, { outcome, reason: null, report });
    } catch (error) {
      const report = error instanceof DeliveryStopped ? error.report : null;
      if (signal.aborted && report) this.stopped.set(job.id, report);
      const why = signal.aborted ? null : reasonOf(error);
      if (why === null) throw error;
      return async (manager) => {
        await this.ends.write(manager, delivery.id, { outcome: 'STOPPED', reason: why.message, report });
        if (why.changedFile !== null) await this.suspend(manager, release.requestId, why.message);
      };
    }
  }

  async giveUp(manager: EntityManager, job: Job, reason: string): Promise<void> {
    const report = this.stopped.get(job.id) ?? null;
    this.stopped.delete(job.id);
    const outcome = job.cancelRequestedAt ? 'CANCELLED' : 'FAILED';
    await this.ends.write(manager, job.subjectId, { outcome, reason, report });
  }

  private async deliver(
    release: Release,
    delivery: Delivery,
    { signal, progress }: Pick<JobContext, 'signal' | 'progress'>,
  ): Promise<DeliveryReport> {
    const open = await this.releases.open(release, delivery);
    return deliverBundles({
      ...{ ...open, isDryRun: delivery.isDryRun, stateFile: null, signal },
      retries: { ...retries, sleep: (ms) => sleep(ms, undefined, { signal }) },
      mayGoOn: async (share) => {
        signal.throwIfAborted();
        await this.releases.require(release, delivery);
        progress(share);
      },
    });
  }

  /** As when somebody had downloaded the file. */
  private async suspend(manager: EntityManager, requestId: string, reason: string): Promise<void> {
    const step = suspensionBySystem(reason, this.clock.now());
    await this.commands.carryOutAsSystem(manager, requestId, step);
  }
}

/** Why the release or the server ends a delivery; null for any other error, after which the work is begun again. */
function reasonOf(error: unknown): { readonly message: string; readonly changedFile: string | null } | null {
  const cause = error instanceof DeliveryStopped ? error.cause : error;
  if (cause instanceof DeliveryRefused) return cause;
  return cause instanceof BundleNotDelivered ? { message: cause.message, changedFile: null } : null;
}
