import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EvaluationJobsModule } from '../evaluations/index.js';
import { EvidenceModule } from '../evidence/index.js';
import { EvidenceReport } from './evidence-report.entity.js';
import { EvidenceReportMaker } from './evidence-report-maker.js';
import { EvidenceReportOrders } from './evidence-report-orders.js';
import { EvidenceReportReading } from './evidence-report-reading.js';
import { EvidenceReportsController } from './evidence-reports.controller.js';
import { EvidenceReportsResolver } from './evidence-reports.resolver.js';
import { MakeEvidenceReportJob } from './make-evidence-report.job.js';

const entities = TypeOrmModule.forFeature([EvidenceReport]);

@Module({
  imports: [entities],
  controllers: [EvidenceReportsController],
  providers: [EvidenceReportOrders, EvidenceReportReading, EvidenceReportsResolver],
})
export class EvidenceReportsModule {}

@Module({
  imports: [entities, EvaluationJobsModule, EvidenceModule],
  providers: [EvidenceReportMaker, MakeEvidenceReportJob],
  exports: [MakeEvidenceReportJob],
})
export class EvidenceReportJobsModule {}
