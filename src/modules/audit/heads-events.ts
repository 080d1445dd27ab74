import type { AuditFacts } from './audit.chain.js';
import type { HeadsEntry } from './audit-head.js';

/** What is recorded when a line is added to the heads file. */
export const headsActions: Readonly<Record<HeadsEntry['kind'], string>> = {
  head: 'sign-audit-head',
  key: 'announce-audit-key',
};

/** The SHA-256 of the line an event tells of; null for every other event. */
export function headLineHash({ action, outcome, details }: AuditFacts): string | null {
  if (outcome !== 'done' || !Object.values(headsActions).includes(action)) return null;
  return 'lineHash' in details && typeof details.lineHash === 'string' ? details.lineHash : null;
}
