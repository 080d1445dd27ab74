export { AuditHeadsModule } from './audit-heads.module.js';
export { AuditModule } from './audit.module.js';
export { type AuditActor, AuditService } from './audit.service.js';
export { SignAuditHead } from './sign-audit-head.sweep.js';
