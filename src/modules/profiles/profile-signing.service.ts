import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { refuseStatistics, type StatisticDecision } from './added-statistic.rules.js';
import { SourceProfile } from './profile.entity.js';
import { ProfileReviews } from './profile-reviews.js';

/** Lets a profile leave the real zone. */
@Injectable()
export class ProfileSigningService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly reviews: ProfileReviews,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  /**
   * `hash` is what the signer read: a profile that says something else by now is not signed. `statistics` are the
   * decisions on what it adds to the last signed profile of the source.
   */
  sign(
    actor: Actor,
    id: string,
    { hash, statistics }: { readonly hash: string; readonly statistics: readonly StatisticDecision[] },
  ): Promise<SourceProfile | Refusal> {
    return this.transactions.run(async (manager) => {
      const profile = await manager.findOne(SourceProfile, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!profile) return refusal('NOT_FOUND', 'There is no such profile.', id);
      const refused =
        actor.refuse('sign', profile) ??
        this.refuseSigning(profile, actor, hash) ??
        (await this.refuseDisclosure(manager, profile, statistics));
      if (!refused) {
        profile.state = 'SIGNED';
        profile.signedById = actor.id;
        profile.signedAt = this.clock.now();
        profile.statistics = statistics.map((statistic) => ({
          ...statistic,
          methods: [...statistic.methods],
        }));
        await manager.save(profile);
      }
      await this.audit.record(manager, {
        actor,
        action: 'sign-profile',
        subjectType: 'Profile',
        subjectId: id,
        refusal: refused,
        details: { hash: profile.hash, statistics },
      });
      return refused ?? profile;
    });
  }

  private refuseSigning(profile: SourceProfile, actor: Actor, hash: string): Refusal | null {
    if (profile.state !== 'READY') {
      return refusal('WRONG_STATE', `The profile is ${profile.state}; only a READY one can be signed.`);
    }
    if (profile.requestedById === actor.id) {
      return refusal('OWN_REQUEST', 'You asked for this profile; somebody else has to sign it.');
    }
    if (profile.recusedIds.includes(actor.id)) {
      return refusal(
        'CONFLICT_OF_INTEREST',
        'You declared a conflict of interest; somebody else has to sign.',
      );
    }
    if (profile.policyHash !== this.policy.hash) {
      return refusal(
        'STALE_POLICY',
        'The policy has changed since this profile was made; ask for a new one.',
      );
    }
    if (profile.hash !== hash) {
      return refusal('CANDIDATE_CHANGED', 'This is not the profile you read: the hash differs.', 'hash');
    }
    return null;
  }

  /** Two profiles signed at once would not see each other: the second waits for the first. */
  private async refuseDisclosure(
    manager: EntityManager,
    profile: SourceProfile,
    statistics: readonly StatisticDecision[],
  ): Promise<Refusal | null> {
    await manager.query("SELECT pg_advisory_xact_lock(hashtext('picketfence-sign-profile'))");
    const review = await this.reviews.review(manager, profile);
    const worst = review?.findings.find(({ status }) => status === 'fail');
    if (worst) return refusal('DISCLOSURE_RISK', worst.why, worst.column ?? 'profile');
    return refuseStatistics(review?.added ?? [], statistics);
  }
}
