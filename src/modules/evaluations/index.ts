export { Evaluation } from './evaluation.entity.js';
export { CheckCandidateJob } from './check-candidate.job.js';
export { EvaluationJobsModule, EvaluationsModule } from './evaluations.module.js';
