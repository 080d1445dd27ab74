import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EvidenceModule } from '../evidence/index.js';
import { AssessmentDrafts } from './assessment-drafts.js';
import { AssessmentReading } from './assessment-reading.js';
import { Assessment } from './assessment.entity.js';
import { AssessmentsController } from './assessments.controller.js';
import { AssessmentsResolver, RequestAssessmentsResolver } from './assessments.resolver.js';
import { AssessmentsService } from './assessments.service.js';

const entities = TypeOrmModule.forFeature([Assessment]);

@Module({
  imports: [entities, EvidenceModule],
  controllers: [AssessmentsController],
  providers: [
    AssessmentsService,
    AssessmentDrafts,
    AssessmentReading,
    AssessmentsResolver,
    RequestAssessmentsResolver,
  ],
})
export class AssessmentsModule {}

/** The records alone, as the jobs read them. */
@Module({ imports: [entities] })
export class AssessmentEntitiesModule {}
