export { EvidenceReportJobsModule, EvidenceReportsModule } from './evidence-reports.module.js';
export { MakeEvidenceReportJob } from './make-evidence-report.job.js';
