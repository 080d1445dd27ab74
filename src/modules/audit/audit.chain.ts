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

/** The first link that does not hold, or null. `links` in order of sequence, from the first event on. */
export function findBrokenLink(links: Iterable<AuditLink>): { sequence: string; why: string } | null {
  let previousHash = chainStart;
  let expected = 1n;
  for (const link of links) {
    if (BigInt(link.sequence) !== expected)
      return { sequence: expected.toString(), why: 'the event is missing' };
    if (link.previousHash !== previousHash)
      return { sequence: link.sequence, why: 'it does not follow the event before' };
    if (hashOf(link) !== link.hash)
      return { sequence: link.sequence, why: 'its content is not what was recorded' };
    previousHash = link.hash;
    expected += 1n;
  }
  return null;
}
