import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EvidenceModule } from '../evidence/index.js';
import { RequestCommandsModule } from '../requests/index.js';
import { Decision } from './decision.entity.js';
import { DecisionRecords } from './decision-records.js';
import { DecisionsResolver } from './decisions.resolver.js';
import { EndorsementsResolver } from './endorsements.resolver.js';
import { EndorsementSummaries } from './endorsement-summaries.js';
import { DecisionsService } from './decisions.service.js';
import { Waiver } from './waiver.entity.js';
import { WaiversService } from './waivers.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Decision, Waiver]), RequestCommandsModule, EvidenceModule],
  providers: [
    DecisionsService,
    DecisionRecords,
    EndorsementSummaries,
    WaiversService,
    DecisionsResolver,
    EndorsementsResolver,
  ],
  exports: [DecisionRecords],
})
export class DecisionsModule {}

/** The records alone, as the jobs read them. */
@Module({ imports: [TypeOrmModule.forFeature([Decision, Waiver])] })
export class DecisionEntitiesModule {}
