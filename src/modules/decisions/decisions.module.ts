import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConflictOfInterest, WithdrawalsResolver, WithdrawalsService } from '../conflicts/index.js';
import { EvidenceModule } from '../evidence/index.js';
import { RequestCommandsModule } from '../requests/index.js';
import { Waiver } from '../waivers/index.js';
import { AlikePeopleResolver } from './alike-people.resolver.js';
import { AllowedActionsResolver } from './allowed-actions.resolver.js';
import { ConflictsResolver } from './conflicts.resolver.js';
import { ConflictsService } from './conflicts.service.js';
import { Decision } from './decision.entity.js';
import { DecisionRecords } from './decision-records.js';
import { DecisionsMadeResolver } from './decisions-made.resolver.js';
import { DecisionsResolver } from './decisions.resolver.js';
import { EndorsementsResolver } from './endorsements.resolver.js';
import { EndorsementSummaries } from './endorsement-summaries.js';
import { DecisionsService } from './decisions.service.js';
import { VerdictConsequences } from './verdict-consequences.js';
import { WaiversService } from './waivers.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Decision, Waiver, ConflictOfInterest]),
    RequestCommandsModule,
    EvidenceModule,
  ],
  providers: [
    DecisionsService,
    VerdictConsequences,
    ConflictsService,
    DecisionRecords,
    EndorsementSummaries,
    WaiversService,
    DecisionsResolver,
    AllowedActionsResolver,
    DecisionsMadeResolver,
    ConflictsResolver,
    EndorsementsResolver,
    AlikePeopleResolver,
    WithdrawalsService,
    WithdrawalsResolver,
  ],
  exports: [DecisionRecords],
})
export class DecisionsModule {}

/** The records alone, as the jobs read them. */
@Module({ imports: [TypeOrmModule.forFeature([Decision, Waiver])] })
export class DecisionEntitiesModule {}
