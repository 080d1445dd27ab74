import { Module } from '@nestjs/common';
import { ReleasesModule } from '../releases/index.js';
import { BulkDataController } from './bulk-data.controller.js';
import { FhirReleasesController } from './fhir-releases.controller.js';
import { FhirReleases } from './fhir-releases.service.js';
import { ResourceIndexes } from './resource-indexes.js';

@Module({
  imports: [ReleasesModule],
  // In this order: a search takes any type that no operation is called by.
  controllers: [BulkDataController, FhirReleasesController],
  providers: [FhirReleases, ResourceIndexes],
})
export class BulkDataModule {}
