import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AssessmentEntitiesModule } from '../assessments/index.js';
import { DecisionEntitiesModule } from '../decisions/index.js';
import { EvidenceModule } from '../evidence/index.js';
import { RequestCommandsModule } from '../requests/index.js';
import { Destruction } from './destruction.entity.js';
import { DestructionsResolver } from './destructions.resolver.js';
import { DestructionsService } from './destructions.service.js';
import { Download } from './download.entity.js';
import { DownloadGate } from './download-gate.js';
import { DownloadLink } from './download-link.entity.js';
import { DownloadLinks } from './download-links.service.js';
import { DownloadRecords } from './download-records.js';
import { DownloadsService } from './downloads.service.js';
import { FhirDoor } from './fhir-door.js';
import { PublicationGate } from './publication-gate.js';
import { PublicationRequests } from './publication-requests.js';
import { PublishReleaseJob } from './publish-release.job.js';
import { ReleasePublication } from './release-publication.js';
import { ReleaseEvidence } from './release-evidence.entity.js';
import { ReleaseRecords } from './release-records.js';
import { Release } from './release.entity.js';
import { DownloadLinksController, ReleasesController } from './releases.controller.js';
import { ReleasesResolver, RequestReleaseResolver } from './releases.resolver.js';
import { ReleasesService } from './releases.service.js';

const shared = [
  TypeOrmModule.forFeature([Release, ReleaseEvidence, Download, DownloadLink, Destruction]),
  RequestCommandsModule,
];

@Module({
  imports: shared,
  controllers: [ReleasesController, DownloadLinksController],
  providers: [
    ReleasesService,
    DownloadGate,
    DownloadLinks,
    DownloadRecords,
    DownloadsService,
    FhirDoor,
    PublicationRequests,
    DestructionsService,
    DestructionsResolver,
    ReleasesResolver,
    RequestReleaseResolver,
  ],
  exports: [DownloadsService, FhirDoor],
})
export class ReleasesModule {}

@Module({
  imports: [...shared, DecisionEntitiesModule, AssessmentEntitiesModule, EvidenceModule],
  providers: [PublicationGate, ReleaseRecords, ReleasePublication, PublishReleaseJob],
  exports: [PublishReleaseJob],
})
export class ReleaseJobsModule {}
