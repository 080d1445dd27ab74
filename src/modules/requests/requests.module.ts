import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { requireSound } from '../../core/states/transition-table.js';
import { RequestCommands } from './request-commands.js';
import { RequestRules } from './request-rules.service.js';
import { ReleaseRequest } from './request.entity.js';
import { requestTable } from './request.state.js';
import { RequestStandingResolver } from './request-standing.resolver.js';
import { RequestsResolver } from './requests.resolver.js';
import { RequestRevision } from './request-revision.entity.js';
import { RequestsService } from './requests.service.js';
import { SubmissionsResolver } from './submissions.resolver.js';
import { SubmissionsService } from './submissions.service.js';
import { SuccessionService } from './succession.service.js';
import { MembershipsResolver } from './memberships.resolver.js';
import { MembershipsService } from './memberships.service.js';
import { TeamResolver } from './team.resolver.js';

/** The state machine alone, as the jobs need it. */
@Module({
  imports: [TypeOrmModule.forFeature([ReleaseRequest])],
  providers: [RequestRules, RequestCommands],
  exports: [RequestRules, RequestCommands],
})
export class RequestCommandsModule implements OnModuleInit {
  onModuleInit(): void {
    requireSound(requestTable);
  }
}

@Module({
  imports: [TypeOrmModule.forFeature([RequestRevision]), RequestCommandsModule],
  providers: [
    RequestsService,
    SubmissionsService,
    SuccessionService,
    RequestsResolver,
    RequestStandingResolver,
    SubmissionsResolver,
    TeamResolver,
    MembershipsService,
    MembershipsResolver,
  ],
  exports: [RequestCommandsModule],
})
export class RequestsModule {}
