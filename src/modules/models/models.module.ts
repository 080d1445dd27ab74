import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LedgerModule } from '../ledger/index.js';
import { ModelFitting } from './model-fitting.js';
import { ModelOrders } from './model-orders.js';
import { SourceJobsModule } from '../sources/index.js';
import { FitModelJob } from './fit-model.job.js';
import { SourceModel } from './model.entity.js';
import { ModelsResolver } from './models.resolver.js';
import { ModelsService } from './models.service.js';

const entities = TypeOrmModule.forFeature([SourceModel]);

@Module({ imports: [entities, LedgerModule], providers: [ModelOrders, ModelsService, ModelsResolver] })
export class ModelsModule {}

@Module({
  imports: [entities, LedgerModule, SourceJobsModule],
  providers: [ModelFitting, FitModelJob],
  exports: [FitModelJob],
})
export class ModelJobsModule {}
