import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ExtractFiles } from './extract-files.js';
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

const entities = TypeOrmModule.forFeature([Source, Upload]);

@Module({
  imports: [entities],
  controllers: [UploadsController],
  providers: [SourcesService, RulesService, UploadsService, UploadIntake, SourcesResolver],
})
export class SourcesModule {}

/** What the worker needs to read source rows; never imported by the server. */
@Module({
  imports: [entities],
  providers: [ExtractFiles, SourceRows, InspectUploadJob],
  exports: [ExtractFiles, SourceRows, InspectUploadJob],
})
export class SourceJobsModule {}
