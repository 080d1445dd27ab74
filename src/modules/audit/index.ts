export { AuditHeadsModule } from './audit-heads.module.js';
export { AuditModule } from './audit.module.js';
export { type AuditActor, AuditService } from './audit.service.js';
export { ReadRecords } from './read-records.js';
export { SignAuditHead } from './sign-audit-head.sweep.js';
export { AUDIT_OBSERVER, type AuditObserver } from './audit-observer.js';
export type { AuditFacts } from './audit.chain.js';
