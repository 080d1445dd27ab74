import { Global, Module } from '@nestjs/common';
import { DOOR_OBSERVER } from '../platform/index.js';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditEvent } from './audit-event.entity.js';
import { AuditResolver } from './audit.resolver.js';
import { AuditService } from './audit.service.js';
import { DoorRecord } from './door-record.js';
import { ReadRecords } from './read-records.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AuditEvent])],
  providers: [AuditService, ReadRecords, AuditResolver, { provide: DOOR_OBSERVER, useClass: DoorRecord }],
  exports: [AuditService, ReadRecords, DOOR_OBSERVER],
})
export class AuditModule {}
