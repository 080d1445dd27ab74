import { type EntityManager, In, Not } from 'typeorm';
import { Source } from '../source.entity.js';
import { ExtractOverlap } from './extract-overlap.entity.js';
import type { PeopleMatch } from './people-match.entity.js';
import { isMatch } from './people-match.rules.js';
import { identifiersOf } from './sketched-columns.js';

export interface NewMatch extends Pick<PeopleMatch, 'otherId' | 'basis' | 'share'> {
  readonly share: number;
}

/** The registered sources that have enough in common with this one, each by what they share most of. */
export async function matchesOf(
  manager: EntityManager,
  source: Source,
  shareMin: number,
): Promise<readonly NewMatch[]> {
  const { contentHash } = source;
  const overlaps = await manager.findBy(ExtractOverlap, [
    { oneHash: contentHash },
    { otherHash: contentHash },
  ]);
  const seen = overlaps.filter((one) => isMatch(one, shareMin)).map((one) => fromThatOf(one, contentHash));
  const others = await manager.findBy(Source, {
    id: Not(source.id),
    kind: 'EXTRACT',
    contentHash: In(seen.map(({ theirHash }) => theirHash)),
  });
  return others.flatMap((other) => bestOf(source, other, seen) ?? []);
}

/** An overlap as one of the two extracts sees it. */
interface SeenOverlap {
  readonly theirHash: string;
  readonly ownColumn: string | null;
  readonly theirColumn: string | null;
  readonly share: number;
}

function fromThatOf(overlap: ExtractOverlap, contentHash: string): SeenOverlap {
  const { oneHash, otherHash, oneColumn, otherColumn, share } = overlap;
  return oneHash === contentHash
    ? { theirHash: otherHash, ownColumn: oneColumn, theirColumn: otherColumn, share }
    : { theirHash: oneHash, ownColumn: otherColumn, theirColumn: oneColumn, share };
}

function bestOf(source: Source, other: Source, seen: readonly SeenOverlap[]): NewMatch | null {
  const [own, theirs] = [identifiersOf(source), identifiersOf(other)];
  const telling = seen
    .filter(({ theirHash }) => theirHash === other.contentHash)
    .filter(
      ({ ownColumn, theirColumn }) =>
        ownColumn === null ||
        theirColumn === null ||
        (own.includes(ownColumn) && theirs.includes(theirColumn)),
    )
    .sort((one, two) => two.share - one.share);
  const [best] = telling;
  if (!best) return null;
  return {
    otherId: other.id,
    basis: best.ownColumn === null ? 'ROWS' : 'SUBJECTS',
    share: best.share,
  };
}
