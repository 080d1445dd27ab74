import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RequestCommandsModule } from '../requests/index.js';
import { PublicationGate } from './publication-gate.js';
import { PublishReleaseJob } from './publish-release.job.js';
import { ReleasePublication } from './release-publication.js';
import { Release } from './release.entity.js';
import { ReleasesController } from './releases.controller.js';
import { ReleasesResolver, RequestReleaseResolver } from './releases.resolver.js';
import { ReleasesService } from './releases.service.js';

const shared = [TypeOrmModule.forFeature([Release]), RequestCommandsModule];

@Module({
  imports: shared,
  controllers: [ReleasesController],
  providers: [ReleasesService, ReleasesResolver, RequestReleaseResolver],
})
export class ReleasesModule {}

@Module({
  imports: shared,
  providers: [PublicationGate, ReleasePublication, PublishReleaseJob],
  exports: [PublishReleaseJob],
})
export class ReleaseJobsModule {}
