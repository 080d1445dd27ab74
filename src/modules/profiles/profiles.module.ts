import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SourceJobsModule } from '../sources/index.js';
import { BuildProfileJob } from './build-profile.job.js';
import { SourceProfile } from './profile.entity.js';
import { ProfileReviews } from './profile-reviews.js';
import { ProfileSigningService } from './profile-signing.service.js';
import { ProfilesResolver } from './profiles.resolver.js';
import { ProfilesService } from './profiles.service.js';

const entities = TypeOrmModule.forFeature([SourceProfile]);

@Module({
  imports: [entities],
  providers: [ProfilesService, ProfileSigningService, ProfileReviews, ProfilesResolver],
  exports: [ProfilesService],
})
export class ProfilesModule {}

@Module({ imports: [entities, SourceJobsModule], providers: [BuildProfileJob], exports: [BuildProfileJob] })
export class ProfileJobsModule {}
