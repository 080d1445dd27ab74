export { AuditModule } from './audit.module.js';
export { type AuditActor, AuditService } from './audit.service.js';
