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
  /** And not of a source of the same people that is called something else. */
  readonly isOfThisName: boolean;
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
    const signed = await this.signedOf(manager, profile, sourceName);
    const last = signed.filter((one) => one.isOfThisName).at(-1)?.content;
    return reviewProfile(
      {
        ...{ profile: content, hash, sourceName },
        earlier: signed.map(({ statistics }) => statistics),
        ...(last ? { lastSigned: last } : {}),
      },
      this.policy.disclosure,
    );
  }

  /**
   * Of every source of the same people, oldest first: what has once been signed has left the real zone for good. They
   * are held against each other as versions of one source are, whatever they are called.
   */
  private async signedOf(
    manager: EntityManager,
    { id: exceptId, sourceId }: SourceProfile,
    sourceName: string,
  ): Promise<Signed[]> {
    const sources = await manager.query<{ id: string; name: string }[]>(
      'SELECT id, name FROM source WHERE id IN (SELECT sources_of_same_people($1))',
      [sourceId],
    );
    const namesakes = sources.filter(({ name }) => name === sourceName).map(({ id }) => id);
    const profiles = await manager.find(SourceProfile, {
      where: { sourceId: In(sources.map(({ id }) => id)), state: 'SIGNED' },
      order: { signedAt: 'ASC' },
    });
    return profiles.flatMap(({ id, content, hash, sourceId: ofId }) =>
      id === exceptId || !content || hash === null
        ? []
        : [
            {
              content,
              statistics: publishedStatistics(content, { hash, kind: 'profile', sourceName }),
              isOfThisName: namesakes.includes(ofId),
            },
          ],
    );
  }
}
