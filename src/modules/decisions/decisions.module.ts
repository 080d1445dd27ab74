import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RequestCommandsModule } from '../requests/index.js';
import { Decision } from './decision.entity.js';
import { DecisionRecords } from './decision-records.js';
import { DecisionsResolver } from './decisions.resolver.js';
import { DecisionsService } from './decisions.service.js';
import { Waiver } from './waiver.entity.js';
import { WaiversService } from './waivers.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Decision, Waiver]), RequestCommandsModule],
  providers: [DecisionsService, DecisionRecords, WaiversService, DecisionsResolver],
  exports: [DecisionRecords],
})
export class DecisionsModule {}

/** The records alone, as the jobs read them. */
@Module({ imports: [TypeOrmModule.forFeature([Decision, Waiver])] })
export class DecisionEntitiesModule {}
