import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import { refuseReason } from '../decisions/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { GrantCommands } from './grant-commands.js';
import { AccessGrant } from './grant.entity.js';

interface Deed {
  readonly action: 'write-end-note' | 'confirm-files-destroyed';
  /** The note, or the statement that the files are destroyed. */
  readonly words: string;
  readonly apply: (grant: AccessGrant) => void;
}

/** What the holder owes at the end (UCLH framework 9.5.5 and exhibit 11): a note on the use, and the destruction. */
@Injectable()
export class EndOfUseService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly commands: GrantCommands,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  withdraw(actor: Actor, id: string): Promise<AccessGrant | Refusal> {
    return this.commands.carryOut(actor, id, { command: 'withdraw' });
  }

  /** Before its time. */
  relinquish(actor: Actor, id: string): Promise<AccessGrant | Refusal> {
    return this.commands.carryOut(actor, id, { command: 'relinquish' });
  }

  close(actor: Actor, id: string): Promise<AccessGrant | Refusal> {
    return this.commands.carryOut(actor, id, { command: 'close' });
  }

  writeNote(actor: Actor, id: string, note: string): Promise<AccessGrant | Refusal> {
    return this.keep(actor, id, {
      action: 'write-end-note',
      words: note,
      apply: (grant) => {
        Object.assign(grant, { endNote: note.trim(), endNoteAt: this.clock.now() });
      },
    });
  }

  confirmDestroyed(actor: Actor, id: string, statement: string): Promise<AccessGrant | Refusal> {
    return this.keep(actor, id, {
      action: 'confirm-files-destroyed',
      words: statement,
      apply: (grant) => {
        grant.destructionConfirmedAt = this.clock.now();
      },
    });
  }

  private keep(actor: Actor, id: string, deed: Deed): Promise<AccessGrant | Refusal> {
    return this.transactions.run(async (manager) => {
      const grant = await manager.findOne(AccessGrant, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!grant) return refusal('NOT_FOUND', 'There is no such access grant.', id);
      const refused = actor.refuse('close', grant) ?? refuseUnended(grant) ?? refuseReason(deed.words);
      if (!refused) {
        deed.apply(grant);
        await manager.save(grant);
      }
      await this.audit.record(manager, {
        actor,
        action: deed.action,
        subjectType: 'AccessGrant',
        subjectId: id,
        refusal: refused,
        details: { words: deed.words },
      });
      return refused ?? grant;
    });
  }
}

function refuseUnended({ state }: AccessGrant): Refusal | null {
  if (state === 'EXPIRED' || state === 'REVOKED') return null;
  return refusal('WRONG_STATE', `Of an access grant that is ${state} nothing is due.`);
}
