import { Inject, Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import { refuseReason } from '../decisions/index.js';
import { type Actor, namesOf } from '../identity/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { Destruction } from './destruction.entity.js';

const listMax = 200;

/** Who has files of recalled releases, and whether they say that they destroyed them. */
@Injectable()
export class DestructionsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Once, by the person alone; nobody's roles matter, for they may have changed since the download. */
  confirm(actor: Actor, releaseId: string, statement: string): Promise<Destruction | Refusal> {
    return this.transactions.run(async (manager) => {
      const found = await manager.findOne(Destruction, {
        where: { releaseId, personId: actor.id },
        lock: { mode: 'pessimistic_write' },
      });
      const refused = refuseConfirmation(found) ?? refuseStatement(statement);
      if (found && !refused) {
        Object.assign(found, { confirmedAt: this.clock.now(), statement: statement.trim() });
        await manager.save(found);
      }
      await this.record(manager, actor, { releaseId, refused, statement });
      return refused ?? found ?? notAsked;
    });
  }

  /** The longest outstanding first. */
  list(outstandingOnly: boolean): Promise<Destruction[]> {
    return this.transactions.reader.find(Destruction, {
      where: outstandingOnly ? { confirmedAt: IsNull() } : {},
      order: { askedAt: 'ASC', releaseId: 'ASC', personId: 'ASC' },
      take: listMax,
    });
  }

  /** The person's own: what they still have to destroy. */
  listOwn({ id: personId }: Actor): Promise<Destruction[]> {
    return this.transactions.reader.find(Destruction, {
      where: { personId, confirmedAt: IsNull() },
      order: { askedAt: 'ASC' },
      take: listMax,
    });
  }

  namesOf(personIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return namesOf(this.transactions.reader, personIds);
  }

  private record(
    manager: EntityManager,
    actor: Actor,
    what: { releaseId: string; refused: Refusal | null; statement: string },
  ): Promise<void> {
    const { releaseId: subjectId, refused, statement } = what;
    const details = refused ? {} : { statement: statement.trim() };
    const entry = { actor, action: 'confirm-destruction', subjectType: 'Release', subjectId };
    return this.audit.record(manager, { ...entry, refusal: refused, details });
  }
}

const notAsked = refusal('NOT_FOUND', 'You were not asked to destroy files of such a release.', 'releaseId');

function refuseConfirmation(found: Destruction | null): Refusal | null {
  if (!found) return notAsked;
  return found.confirmedAt ? refusal('ALREADY_DECIDED', 'You have confirmed it already.', 'releaseId') : null;
}

function refuseStatement(statement: string): Refusal | null {
  const refused = refuseReason(statement);
  return (
    refused && { ...refused, message: refused.message.replace('reason', 'statement'), place: 'statement' }
  );
}
