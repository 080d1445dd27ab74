import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SourceJobsModule } from '../sources/index.js';
import { BuildProfileJob } from './build-profile.job.js';
import { ProfileConflictsResolver } from './profile-conflicts.resolver.js';
import { ProfileConflictsService } from './profile-conflicts.service.js';
import { SourceProfile } from './profile.entity.js';
import { ProfileReviews } from './profile-reviews.js';
import { ProfileSigningService } from './profile-signing.service.js';
import { ProfilesResolver } from './profiles.resolver.js';
import { ProfilesService } from './profiles.service.js';

const entities = TypeOrmModule.forFeature([SourceProfile]);

@Module({
  imports: [entities],
  providers: [
    ProfilesService,
    ProfileSigningService,
    ProfileConflictsService,
    ProfileReviews,
    ProfilesResolver,
    ProfileConflictsResolver,
  ],
  exports: [ProfilesService],
})
export class ProfilesModule {}

@Module({ imports: [entities, SourceJobsModule], providers: [BuildProfileJob], exports: [BuildProfileJob] })
export class ProfileJobsModule {}
