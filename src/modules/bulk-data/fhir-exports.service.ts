import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { LessThan, MoreThan } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { msPerDay } from '../../core/time/units.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, Transactions } from '../platform/index.js';
import type { ExportRequest } from './export-request.rules.js';
import { FhirExport } from './fhir-export.entity.js';
import { FhirRefusal } from './operation-outcome.js';

/** Of one person, at a time; a client that forgets its exports never gets there. */
const openMost = 100;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Which exports are under way: each is asked after, and ended, by whoever started it. They lapse after a day. */
@Injectable()
export class FhirExports {
  constructor(
    private readonly transactions: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns its id @throws {FhirRefusal} when the person has too many */
  start(actor: Actor, releaseId: string, asked: ExportRequest): Promise<string> {
    return this.transactions.run(async (manager) => {
      const now = this.clock.now();
      await manager.delete(FhirExport, { expiresAt: LessThan(now) });
      if ((await manager.countBy(FhirExport, { personId: actor.id })) >= openMost)
        throw new FhirRefusal(429, 'throttled', `You have ${openMost} exports; end one with DELETE first.`);
      const id = randomUUID();
      const expiresAt = new Date(now.getTime() + msPerDay);
      await manager.insert(FhirExport, { id, releaseId, personId: actor.id, asked, expiresAt });
      return id;
    });
  }

  /** @throws {FhirRefusal} when there is no such export, or it is somebody else's */
  async find(actor: Actor, releaseId: string, id: string): Promise<ExportRequest> {
    const expiresAt = MoreThan(this.clock.now());
    const found = uuid.test(id)
      ? await this.transactions.reader.findOneBy(FhirExport, { id, releaseId, personId: actor.id, expiresAt })
      : null;
    if (found) return found.asked;
    throw new FhirRefusal(404, 'not-found', 'There is no such export.');
  }

  /** @throws {FhirRefusal} when there is no such export, or it is somebody else's */
  async forget(actor: Actor, releaseId: string, id: string): Promise<void> {
    await this.find(actor, releaseId, id);
    await this.transactions.reader.delete(FhirExport, { id, personId: actor.id });
  }
}
