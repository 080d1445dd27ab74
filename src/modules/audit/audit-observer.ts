import type { EntityManager } from 'typeorm';
import type { AuditFacts } from './audit.chain.js';

/** What has to follow from an event: written in the transaction of the event, so it is there exactly when the event is. */
export interface AuditObserver {
  observe(manager: EntityManager, event: AuditFacts): Promise<void>;
}

export const AUDIT_OBSERVER = Symbol('AuditObserver');
