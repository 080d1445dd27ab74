import { canonicalJson } from '../../core/hashing/canonical-json.js';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';

/** What an event says; its hash covers all of it and the hash of the event before. */
export interface AuditFacts {
  readonly sequence: string;
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string;
  readonly actorId: string | null;
  readonly actorKind: 'person' | 'system' | 'anonymous';
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string | null;
  readonly outcome: 'done' | 'refused';
  readonly details: object;
  readonly previousHash: string;
}

export interface AuditLink extends AuditFacts {
  readonly hash: string;
}

/** What the first event points back to. */
export const chainStart = '0'.repeat(64);

export function hashOf(facts: AuditFacts): string {
  const { sequence, at, actorId, actorKind, action, subjectType, subjectId, outcome, details, previousHash } =
    facts;
  return sha256Hex(
    canonicalJson({
      sequence,
      at,
      actorId,
      actorKind,
      action,
      subjectType,
      subjectId,
      outcome,
      details,
      previousHash,
    }),
  );
}

export interface BrokenLink {
  readonly sequence: string;
  readonly why: string;
}

/** Follows a chain from its first event on, and remembers no more than where it is. */
export class ChainWalk {
  private previousHash = chainStart;
  private expected = 1n;

  /** The sequence the next event must have. */
  get next(): string {
    return this.expected.toString();
  }

  /** Why the link does not follow; null when it does, and then it is the one to follow. */
  step(link: AuditLink): BrokenLink | null {
    if (link.sequence !== this.next) return { sequence: this.next, why: this.whyNot(link.sequence) };
    if (link.previousHash !== this.previousHash)
      return { sequence: link.sequence, why: 'it does not follow the event before' };
    if (!holds(link)) return { sequence: link.sequence, why: 'its content is not what was recorded' };
    this.previousHash = link.hash;
    this.expected += 1n;
    return null;
  }

  private whyNot(sequence: string): string {
    const isEarlier = /^\d+$/.test(sequence) && BigInt(sequence) < this.expected;
    return isEarlier ? 'another event is in its place' : 'the event is missing';
  }
}

/** Content that has no canonical form was never recorded. */
function holds(link: AuditLink): boolean {
  try {
    return hashOf(link) === link.hash;
  } catch {
    return false;
  }
}

/** The first link that does not hold, or null. `links` in order of sequence, from the first event on. */
export function findBrokenLink(links: Iterable<AuditLink>): BrokenLink | null {
  const walk = new ChainWalk();
  for (const link of links) {
    const broken = walk.step(link);
    if (broken) return broken;
  }
  return null;
}
