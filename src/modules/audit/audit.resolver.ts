import { Args, ID, Int, Query, Resolver } from '@nestjs/graphql';
import { Can, pageSize } from '../platform/index.js';
import { AuditEvent } from './audit-event.entity.js';
import { AuditService } from './audit.service.js';

@Resolver()
export class AuditResolver {
  constructor(private readonly audit: AuditService) {}

  @Query(() => [AuditEvent], {
    description: 'Newest first; go on with `before`, the last sequence you have.',
  })
  @Can('read', 'AuditEvent')
  auditEvents(
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
    @Args('before', { type: () => ID, nullable: true }) before: string | undefined,
  ): Promise<AuditEvent[]> {
    return this.audit.list(pageSize(first), before);
  }
}
