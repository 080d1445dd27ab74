import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RequestCommandsModule } from '../requests/index.js';
import { SourceJobsModule } from '../sources/index.js';
import { Waiver } from '../waivers/index.js';
import { AttemptsResolver } from './attempts.resolver.js';
import { CandidateChecks } from './candidate-checks.js';
import { CandidateFiles } from './candidate-files.js';
import { CandidateComparison } from './candidate-comparison.js';
import { CheckCandidateJob } from './check-candidate.job.js';
import { Evaluation } from './evaluation.entity.js';
import { EvaluationConclusion } from './evaluation-conclusion.js';
import { EvaluationsResolver } from './evaluations.resolver.js';
import { LivesChecks } from './lives-checks.js';
import { LivesFormats } from './lives-formats.js';

const entities = TypeOrmModule.forFeature([Evaluation, Waiver]);

@Module({ imports: [entities], providers: [EvaluationsResolver, AttemptsResolver] })
export class EvaluationsModule {}

@Module({
  imports: [entities, RequestCommandsModule, SourceJobsModule],
  providers: [
    CandidateFiles,
    LivesFormats,
    LivesChecks,
    CandidateComparison,
    CandidateChecks,
    EvaluationConclusion,
    CheckCandidateJob,
  ],
  exports: [CheckCandidateJob, CandidateChecks],
})
export class EvaluationJobsModule {}
