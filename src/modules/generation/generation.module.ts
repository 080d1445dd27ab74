import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CandidateWriter } from './candidate-writer.js';
import { MechanismSamplers } from './mechanism-samplers.js';
import { RequestCommandsModule } from '../requests/index.js';
import { Candidate } from './candidate.entity.js';
import { DestroyCandidateJob } from './destroy-candidate.job.js';
import { GenerateCandidateJob } from './generate-candidate.job.js';
import { GenerationResolver } from './generation.resolver.js';
import { GenerationService } from './generation.service.js';

const shared = [TypeOrmModule.forFeature([Candidate]), RequestCommandsModule];

@Module({ imports: shared, providers: [GenerationService, GenerationResolver] })
export class GenerationModule {}

@Module({
  imports: shared,
  providers: [MechanismSamplers, CandidateWriter, GenerateCandidateJob, DestroyCandidateJob],
  exports: [GenerateCandidateJob, DestroyCandidateJob],
})
export class GenerationJobsModule {}
