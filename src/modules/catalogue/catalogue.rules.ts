import { type DisclosureControl } from '../../core/profile/profile.js';
import { disclosedCount } from '../../core/profile/disclosed-count.js';
import type { Tier } from '../../generators/generator.js';

/** What the records say of a release, before it is decided what of it is for everybody. */
export interface CataloguedRelease {
  readonly tier: Tier;
  readonly title: string;
  readonly releaseNotes: string | null;
  readonly limitations: string | null;
  /** Different people who downloaded a file of it. */
  readonly downloaderCount: number;
}

type HeldBack = 'title' | 'releaseNotes' | 'limitations' | 'downloaderCount';

interface DisclosedWords {
  readonly title: string | null;
  readonly releaseNotes: string | null;
  readonly limitations: string | null;
  /** Rounded; null: few, or nobody. */
  readonly downloaders: number | null;
}

export interface CatalogueTerms {
  /** May everybody read what a release of tier HIGH is called, and what was written about it? */
  readonly titlesOfTierHigh: boolean;
  readonly disclosure: Pick<DisclosureControl, 'cellCountMin' | 'countRounding'>;
}

/**
 * What everybody may read of a release: words only where the policy lets them, and a number of people only when it is
 * no small one, rounded. A count that is withheld is null, zero as well: whether it is zero would be told otherwise.
 */
export function disclosedRelease<Found extends CataloguedRelease>(
  release: Found,
  { titlesOfTierHigh, disclosure }: CatalogueTerms,
): Omit<Found, HeldBack> & DisclosedWords {
  const { title, releaseNotes, limitations, downloaderCount, ...rest } = release;
  const isNamed = release.tier !== 'HIGH' || titlesOfTierHigh;
  const count = disclosedCount(downloaderCount, disclosure);
  return {
    ...rest,
    title: isNamed ? title : null,
    releaseNotes: isNamed ? releaseNotes : null,
    limitations: isNamed ? limitations : null,
    downloaders: count === 0 ? null : count,
  };
}
