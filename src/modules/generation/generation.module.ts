import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CandidateWriter } from './candidate-writer.js';
import { LivesWriter } from './lives-writer.js';
import { MechanismSamplers } from './mechanism-samplers.js';
import { RowsWriter } from './rows-writer.js';
import { RequestCommandsModule } from '../requests/index.js';
import { CancellingService } from './cancelling.service.js';
import { Candidate } from './candidate.entity.js';
import { DestroyCandidateJob } from './destroy-candidate.job.js';
import { DestroyLeftovers } from './leftovers.sweep.js';
import { GenerateCandidateJob } from './generate-candidate.job.js';
import { GenerationAttempt } from './generation-attempt.entity.js';
import { GenerationAttempts } from './generation-attempts.js';
import { GenerationResolver } from './generation.resolver.js';
import { GenerationService } from './generation.service.js';

const shared = [TypeOrmModule.forFeature([Candidate, GenerationAttempt]), RequestCommandsModule];

@Module({
  imports: shared,
  providers: [GenerationAttempts, GenerationService, CancellingService, GenerationResolver],
})
export class GenerationModule {}

@Module({
  imports: shared,
  providers: [
    MechanismSamplers,
    LivesWriter,
    RowsWriter,
    CandidateWriter,
    GenerateCandidateJob,
    DestroyCandidateJob,
    DestroyLeftovers,
  ],
  exports: [GenerateCandidateJob, DestroyCandidateJob, DestroyLeftovers],
})
export class GenerationJobsModule {}
