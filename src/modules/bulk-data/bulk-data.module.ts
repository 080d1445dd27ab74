import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ReleasesModule } from '../releases/index.js';
import { BulkDataController } from './bulk-data.controller.js';
import { ExportsController } from './exports.controller.js';
import { FhirExport } from './fhir-export.entity.js';
import { FhirExports } from './fhir-exports.service.js';
import { FhirReleasesController } from './fhir-releases.controller.js';
import { FhirReleases } from './fhir-releases.service.js';
import { ReleaseBase } from './release-base.js';
import { ResourceIndexes } from './resource-indexes.js';

@Module({
  imports: [TypeOrmModule.forFeature([FhirExport]), ReleasesModule],
  // In this order: a search takes any type that no operation is called by.
  controllers: [ExportsController, BulkDataController, FhirReleasesController],
  providers: [FhirReleases, FhirExports, ReleaseBase, ResourceIndexes],
})
export class BulkDataModule {}
