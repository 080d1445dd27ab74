import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { requireSound } from '../../core/states/transition-table.js';
import { REQUEST_FOLLOWERS, type RequestFollower } from '../requests/index.js';
import { AccessBlock } from './access-block.entity.js';
import { GrantFieldsResolver } from './grant-fields.resolver.js';
import { ApplicationsResolver } from './applications.resolver.js';
import { ApplicationsService } from './applications.service.js';
import { EndOfUseService } from './end-of-use.service.js';
import { EvidenceResolver } from './evidence.resolver.js';
import { FollowReleases } from './follow-releases.js';
import { GrantCommands } from './grant-commands.js';
import { GrantDecisionsResolver } from './grant-decisions.resolver.js';
import { GrantDecisionsService } from './grant-decisions.service.js';
import { AccessGrant } from './grant.entity.js';
import { grantTable } from './grant.state.js';
import { grantSweeps } from './grant.sweeps.js';
import { HolderResolver } from './holder.resolver.js';
import { LicenceAcceptance } from './licence-acceptance.entity.js';
import { LicencesService } from './licences.service.js';
import { ReferJob } from './refer.job.js';
import { RefereeResolver } from './referee.resolver.js';
import { RefereeToken } from './referee-token.entity.js';
import { RefereeLetters } from './referee-letters.js';
import { RefereesService } from './referees.service.js';
import { LetterPost } from './letter-post.js';
import { MailModule } from '../mail/index.js';
import { ReleaseAccess } from './release-access.js';
import { ReleaseRegister } from './release-register.js';
import { RemindJob } from './remind.job.js';
import { SanctionsService } from './sanctions.service.js';
import { Training } from './training.entity.js';
import { TrainingsService } from './trainings.service.js';

const entities = [AccessGrant, RefereeToken, Training, LicenceAcceptance, AccessBlock];

/** For both processes, whatever changes the state of a release: its grants follow. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature(entities)],
  providers: [
    GrantCommands,
    FollowReleases,
    ReleaseAccess,
    {
      provide: REQUEST_FOLLOWERS,
      inject: [FollowReleases],
      useFactory: (...followers: RequestFollower[]) => followers,
    },
  ],
  exports: [GrantCommands, ReleaseAccess, REQUEST_FOLLOWERS],
})
export class GrantsModule implements OnModuleInit {
  onModuleInit(): void {
    requireSound(grantTable);
  }
}

@Module({
  providers: [
    ApplicationsService,
    RefereesService,
    RefereeLetters,
    GrantDecisionsService,
    EndOfUseService,
    LicencesService,
    TrainingsService,
    SanctionsService,
    ReleaseRegister,
    ApplicationsResolver,
    GrantFieldsResolver,
    RefereeResolver,
    GrantDecisionsResolver,
    HolderResolver,
    EvidenceResolver,
  ],
})
export class AccessModule {}

/** For the worker. */
@Module({
  imports: [MailModule],
  providers: [LetterPost, ReferJob, RemindJob, ...grantSweeps],
  exports: [ReferJob, RemindJob, ...grantSweeps],
})
export class AccessJobsModule {}
