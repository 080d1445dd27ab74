import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { type Licence, POLICY, type Policy } from '../policy/index.js';
import { LicenceAcceptance } from './licence-acceptance.entity.js';

/** A person accepts the same words once. */
export async function acceptLicence(
  manager: EntityManager,
  personId: string,
  { hash, version }: Licence,
  acceptedAt: Date,
): Promise<void> {
  await manager
    .createQueryBuilder()
    .insert()
    .into(LicenceAcceptance)
    .values({ personId, licenceHash: hash, licenceVersion: version, acceptedAt })
    .orIgnore()
    .execute();
}

/** The terms in force, which everybody who has access has accepted. */
@Injectable()
export class LicencesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  get inForce(): Licence {
    return this.policy.licence;
  }

  isAccepted(actor: Actor): Promise<boolean> {
    const licenceHash = this.inForce.hash;
    return this.transactions.reader.existsBy(LicenceAcceptance, { personId: actor.id, licenceHash });
  }

  /** `hash` is of the text that the person has read. */
  accept(actor: Actor, hash: string): Promise<Licence | Refusal> {
    const licence = this.inForce;
    return this.transactions.run(async (manager) => {
      const refused =
        hash === licence.hash
          ? null
          : refusal('LICENCE_NOT_ACCEPTED', 'These are not the terms in force.', 'hash');
      if (!refused) await acceptLicence(manager, actor.id, licence, this.clock.now());
      await this.audit.record(manager, {
        actor,
        action: 'accept-licence',
        subjectType: 'Person',
        subjectId: actor.id,
        refusal: refused,
        details: { version: licence.version, hash: licence.hash },
      });
      return refused ?? licence;
    });
  }
}
