import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, Jobs, type Refusal, refusal, Transactions } from '../platform/index.js';
import { recordHandOver, Release } from '../releases/index.js';
import { DeliveryGate, fhirFilesOf } from './delivery-gate.js';
import { Delivery } from './delivery.entity.js';

const listMax = 200;

export interface DeliveryOrder {
  readonly releaseId: string;
  /** Its name in the settings. */
  readonly server: string;
  readonly isDryRun: boolean;
}

/** Has releases delivered to FHIR servers. Whoever asks for it answers for the copies there, as for files they downloaded. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly transactions: Transactions,
    private readonly gate: DeliveryGate,
    private readonly audit: AuditService,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  ask(actor: Actor, order: DeliveryOrder): Promise<Delivery | Refusal> {
    return this.transactions.run(async (manager) => {
      const release = await manager.findOneBy(Release, { id: order.releaseId });
      const refused = await this.refuse(manager, actor, release, order);
      const delivery = release && !refused ? await this.begin(manager, actor, { release, order }) : null;
      await this.record(manager, actor, 'ask-for-delivery', {
        ...{ releaseId: release?.id ?? null, refused },
        details: { server: order.server, isDryRun: order.isDryRun, delivery: delivery?.id ?? null },
      });
      return delivery ?? refused ?? unknownRelease;
    });
  }

  cancel(actor: Actor, id: string): Promise<Delivery | Refusal> {
    return this.transactions.run(async (manager) => {
      const delivery = await manager.findOneBy(Delivery, { id });
      const refused =
        (delivery ? null : refusal('NOT_FOUND', 'There is no such delivery.', 'id')) ??
        ((await this.jobs.requestCancel(manager, id))
          ? null
          : refusal('NOT_RUNNING', 'The delivery is not under way.', 'id'));
      const releaseId = delivery?.releaseId ?? null;
      await this.record(manager, actor, 'cancel-delivery', { releaseId, refused, details: { delivery: id } });
      return refused ?? delivery ?? unknownRelease;
    });
  }

  /** Newest first; none of what this person may not read. */
  async list(actor: Actor, releaseId: string): Promise<Delivery[]> {
    const { reader } = this.transactions;
    const release = await reader.findOneBy(Release, { id: releaseId });
    if (!release || actor.refuse('read', release)) return [];
    return reader.find(Delivery, { where: { releaseId }, order: { askedAt: 'DESC' }, take: listMax });
  }

  private async refuse(
    manager: EntityManager,
    actor: Actor,
    release: Release | null,
    { server }: DeliveryOrder,
  ): Promise<Refusal | null> {
    if (!release) return unknownRelease;
    return (
      actor.refuse('deliver', release) ?? (await this.gate.refuse(manager, release, this.gate.server(server)))
    );
  }

  private async begin(
    manager: EntityManager,
    actor: Actor,
    { release, order }: { readonly release: Release; readonly order: DeliveryOrder },
  ): Promise<Delivery> {
    const now = this.clock.now();
    const delivery = await manager.save(
      manager.create(Delivery, {
        ...{ ...order, askedById: actor.id, askedAt: now, outcome: null, reason: null, counts: null },
        ...{ baseUrl: this.gate.server(order.server)?.baseUrl ?? '', finishedAt: null },
      }),
    );
    await this.jobs.enqueue(manager, 'deliver', delivery.id, actor);
    if (!order.isDryRun)
      await recordHandOver(manager, { actor, release, files: fhirFilesOf(release.files), now });
    return delivery;
  }

  private record(
    manager: EntityManager,
    actor: Actor,
    action: string,
    {
      releaseId: subjectId,
      refused: refusal,
      details,
    }: { releaseId: string | null; refused: Refusal | null; details: object },
  ): Promise<void> {
    return this.audit.record(manager, { actor, action, subjectType: 'Release', subjectId, refusal, details });
  }
}

const unknownRelease = refusal('NOT_FOUND', 'There is no such release.', 'releaseId');
