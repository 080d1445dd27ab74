import { Module } from '@nestjs/common';
import { AuditModule } from './audit.module.js';
import { SignAuditHead } from './sign-audit-head.sweep.js';

/** For the worker: the server has no use for the signing key. */
@Module({ imports: [AuditModule], providers: [SignAuditHead], exports: [SignAuditHead] })
export class AuditHeadsModule {}
