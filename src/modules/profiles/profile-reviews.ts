import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import type { Profile } from '../../core/profile/profile.js';
import {
  type PublishedStatistics,
  publishedStatistics,
} from '../../evaluation/disclosure/differencing/published-statistics.js';
import { type DisclosureReview, reviewProfile } from '../../evaluation/disclosure/review/review-profile.js';
import { POLICY, type Policy } from '../policy/index.js';
import { Source } from '../sources/index.js';
import { SourceProfile } from './profile.entity.js';

interface Signed {
  readonly content: Profile;
  readonly statistics: PublishedStatistics;
}

/** What a profile gives away, alone and together with everything that was signed of the same source before. */
@Injectable()
export class ProfileReviews {
  constructor(@Inject(POLICY) private readonly policy: Policy) {}

  /** Null while there is nothing to review. */
  async review(manager: EntityManager, profile: SourceProfile): Promise<DisclosureReview | null> {
    const { content, hash } = profile;
    if (!content || hash === null) return null;
    const { name: sourceName } = await manager.findOneByOrFail(Source, { id: profile.sourceId });
    const signed = await this.signedOf(manager, sourceName, profile.id);
    const last = signed.at(-1)?.content;
    return reviewProfile(
      {
        ...{ profile: content, hash, sourceName },
        earlier: signed.map(({ statistics }) => statistics),
        ...(last ? { lastSigned: last } : {}),
      },
      this.policy.disclosure,
    );
  }

  /** Of every version of the source, oldest first: what has once been signed has left the real zone for good. */
  private async signedOf(manager: EntityManager, sourceName: string, exceptId: string): Promise<Signed[]> {
    const versions = await manager.findBy(Source, { name: sourceName });
    const profiles = await manager.find(SourceProfile, {
      where: { sourceId: In(versions.map(({ id }) => id)), state: 'SIGNED' },
      order: { signedAt: 'ASC' },
    });
    return profiles.flatMap(({ id, content, hash }) =>
      id === exceptId || !content || hash === null
        ? []
        : [{ content, statistics: publishedStatistics(content, { hash, kind: 'profile', sourceName }) }],
    );
  }
}
