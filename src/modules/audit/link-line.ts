import { canonicalJson } from '../../core/hashing/canonical-json.js';
import type { AuditLink } from './audit.chain.js';

const texts = ['sequence', 'at', 'action', 'subjectType', 'previousHash', 'hash'] as const;

/** One line of an export: canonical JSON, so that a chain has one export and every byte of it counts. */
export function toLinkLine(link: AuditLink): string {
  const { sequence, at, actorId, actorKind, action, subjectType, subjectId, outcome, details } = link;
  const { previousHash, hash } = link;
  return canonicalJson({
    ...{ sequence, at, actorId, actorKind, action, subjectType, subjectId, outcome, details },
    ...{ previousHash, hash },
  });
}

/** Null for anything that `toLinkLine` would not have written. */
export function parseLinkLine(text: string): AuditLink | null {
  try {
    const value: unknown = JSON.parse(text);
    return isLink(value) && toLinkLine(value) === text ? value : null;
  } catch {
    return null;
  }
}

function isLink(value: unknown): value is AuditLink {
  if (typeof value !== 'object' || value === null) return false;
  const link = value as Partial<Record<keyof AuditLink, unknown>>;
  return (
    texts.every((name) => typeof link[name] === 'string') &&
    (link.actorId === null || typeof link.actorId === 'string') &&
    (link.subjectId === null || typeof link.subjectId === 'string') &&
    (link.actorKind === 'person' || link.actorKind === 'system' || link.actorKind === 'anonymous') &&
    (link.outcome === 'done' || link.outcome === 'refused') &&
    typeof link.details === 'object' &&
    link.details !== null
  );
}
