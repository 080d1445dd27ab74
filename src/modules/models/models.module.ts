import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SourceJobsModule } from '../sources/index.js';
import { FitModelJob } from './fit-model.job.js';
import { SourceModel } from './model.entity.js';
import { ModelsResolver } from './models.resolver.js';
import { ModelsService } from './models.service.js';

const entities = TypeOrmModule.forFeature([SourceModel]);

@Module({ imports: [entities], providers: [ModelsService, ModelsResolver] })
export class ModelsModule {}

@Module({ imports: [entities, SourceJobsModule], providers: [FitModelJob], exports: [FitModelJob] })
export class ModelJobsModule {}
