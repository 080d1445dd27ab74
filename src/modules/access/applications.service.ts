import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, Jobs, type Refusal, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import type { AccessApplicationInput } from './application.input.js';
import { type AccessDeclarations, type ApplicationFacts, refuseApplication } from './application.rules.js';
import { AccessGrant } from './grant.entity.js';
import { acceptLicence } from './licences.service.js';
import { liveStates } from './live-grants.js';
import { Training } from './training.entity.js';

const listMax = 200;

/** Asking for access, and reading what was asked. */
@Injectable()
export class ApplicationsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  /** Null also when it is not this person's to read. */
  async find(actor: Actor, id: string): Promise<AccessGrant | null> {
    const grant = await this.transactions.reader.findOneBy(AccessGrant, { id });
    return grant && actor.may('read', grant) ? grant : null;
  }

  /** Newest first: all of them for those who may read any, else the person's own. */
  list(actor: Actor): Promise<AccessGrant[]> {
    const where = actor.may('read', new AccessGrant()) ? {} : { personId: actor.id };
    return this.transactions.reader.find(AccessGrant, { where, order: { appliedAt: 'DESC' }, take: listMax });
  }

  apply(actor: Actor, input: AccessApplicationInput): Promise<AccessGrant | Refusal> {
    return this.transactions.run(async (manager) => {
      // Before anything else, so that of two at once the second sees the first.
      await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [
        `access ${input.releaseId} ${actor.id}`,
      ]);
      const grant = this.newGrant(actor, input);
      const refused =
        actor.refuse('create', grant) ??
        refuseApplication(input, await this.facts(manager, actor.id, input.releaseId));
      if (!refused) await this.save(manager, grant, input);
      await this.audit.record(manager, {
        actor,
        action: 'apply-for-access',
        subjectType: 'AccessGrant',
        subjectId: refused ? null : grant.id,
        refusal: refused,
        details: { releaseId: input.releaseId, licenceHash: input.licenceHash, policyHash: this.policy.hash },
      });
      return refused ?? grant;
    });
  }

  private async facts(
    manager: EntityManager,
    personId: string,
    releaseId: string,
  ): Promise<ApplicationFacts> {
    // Locked: a recall that comes later finds the application, and one that came first is seen.
    const [release] = await manager.query<{ tier: string; state: string }[]>(
      `SELECT request.tier, request.state FROM request JOIN release ON release.request_id = request.id
       WHERE release.id = $1 FOR SHARE OF request`,
      [releaseId],
    );
    const [person] = await manager.query<{ email: string; is_blocked: boolean }[]>(
      `SELECT email, EXISTS (SELECT 1 FROM access_block WHERE person_id = $1 AND lifted_at IS NULL) AS is_blocked
       FROM person WHERE id = $1`,
      [personId],
    );
    const { institutionalDomains, trainingDaysMax } = this.policy.access;
    return {
      release: release ? { tier: release.tier, requestState: release.state } : null,
      accountEmail: person?.email ?? '',
      isBlocked: person?.is_blocked ?? true,
      hasLiveGrant: await manager.existsBy(AccessGrant, { releaseId, personId, state: In([...liveStates]) }),
      licenceHash: this.policy.licence.hash,
      institutionalDomains,
      trainingDaysMax,
      now: this.clock.now(),
    };
  }

  private newGrant(actor: Actor, input: AccessApplicationInput): AccessGrant {
    const now = this.clock.now();
    return Object.assign(new AccessGrant(), {
      ...{ releaseId: input.releaseId, personId: actor.id, state: 'REQUESTED' as const },
      ...{ appliedAt: now, changedAt: now, policyHash: this.policy.hash },
      institution: input.institution.trim(),
      institutionalEmail: input.institutionalEmail.trim(),
      intendedUse: input.intendedUse.trim(),
      declarations: declarationsOf(input),
      teamEmails: input.teamEmails.map((address) => address.trim()),
      refereeName: input.refereeName.trim(),
      refereeEmail: input.refereeEmail.trim(),
      licenceHash: this.policy.licence.hash,
      licenceVersion: this.policy.licence.version,
      ...{ refereeMails: 1, refereeMailedAt: now },
    });
  }

  private async save(
    manager: EntityManager,
    grant: AccessGrant,
    { training }: AccessApplicationInput,
  ): Promise<void> {
    const { personId, appliedAt: submittedAt } = grant;
    const { kind, issuedAt, expiresAt } = training;
    const proofReference = training.proofReference.trim();
    const { id } = await manager.save(
      manager.create(Training, { personId, kind, proofReference, issuedAt, expiresAt, submittedAt }),
    );
    grant.trainingId = id;
    await manager.save(grant);
    await acceptLicence(manager, personId, this.policy.licence, submittedAt);
    await this.jobs.enqueue(manager, 'refer', grant.id, 'system');
  }
}

const declarationsOf = ({ declarations }: AccessApplicationInput): AccessDeclarations => {
  const { lawful, nonCommercial, researchOrEducation, noReIdentification } = declarations;
  return { lawful, nonCommercial, researchOrEducation, noReIdentification };
};
