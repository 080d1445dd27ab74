import type { ColumnProfile, Profile } from '../../../core/profile/profile.js';

/** Which people a figure counts: the rows of one version (content hash) of one source (name). */
interface Population {
  readonly sourceName: string;
  readonly contentHash: string;
}

/** The counts that one profile, or one release made from it, tells the world about its source. */
export interface PublishedStatistics {
  /** The hash by which people know the profile or release. */
  readonly hash: string;
  readonly kind: 'profile' | 'release';
  readonly population: Population;
  /** How counts were made unsharp; the world knows it. */
  readonly rounding: { readonly cellCountMin: number; readonly countRounding: number };
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
}

/** A release made by a LOW mechanism tells what the profile of that mechanism tells. */
export function publishedStatistics(
  profile: Profile,
  origin: Pick<PublishedStatistics, 'hash' | 'kind'> & { readonly sourceName: string },
): PublishedStatistics {
  const { cellCountMin, countRounding } = profile.disclosureControl;
  return {
    hash: origin.hash,
    kind: origin.kind,
    population: { sourceName: origin.sourceName, contentHash: profile.sourceHash },
    rounding: { cellCountMin, countRounding },
    rows: profile.rows,
    columns: profile.columns,
  };
}
