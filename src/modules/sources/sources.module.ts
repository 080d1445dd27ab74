import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ExtractFiles } from './extract-files.js';
import { ExtractOverlap } from './matches/extract-overlap.entity.js';
import { ExtractSketches } from './matches/extract-sketches.js';
import { OverlapFinder } from './matches/overlap-finder.js';
import { PeopleMatch } from './matches/people-match.entity.js';
import { PeopleMatchesResolver } from './matches/people-matches.resolver.js';
import { PeopleMatchesService } from './matches/people-matches.service.js';
import { InspectUploadJob } from './inspect-upload.job.js';
import { Source } from './source.entity.js';
import { SourceRows } from './source-rows.js';
import { RulesService } from './rules.service.js';
import { SourcesResolver } from './sources.resolver.js';
import { SourcesService } from './sources.service.js';
import { Upload } from './upload.entity.js';
import { UploadIntake } from './upload-intake.js';
import { UploadsController } from './uploads.controller.js';
import { UploadsService } from './uploads.service.js';

const entities = TypeOrmModule.forFeature([Source, Upload, ExtractOverlap, PeopleMatch]);

@Module({
  imports: [entities],
  controllers: [UploadsController],
  providers: [
    ...[SourcesService, RulesService, UploadsService, UploadIntake, SourcesResolver],
    ...[PeopleMatchesService, PeopleMatchesResolver],
  ],
})
export class SourcesModule {}

/** What the worker needs to read source rows; never imported by the server. */
@Module({
  imports: [entities],
  providers: [ExtractFiles, ExtractSketches, OverlapFinder, SourceRows, InspectUploadJob],
  exports: [ExtractFiles, SourceRows, InspectUploadJob],
})
export class SourceJobsModule {}
