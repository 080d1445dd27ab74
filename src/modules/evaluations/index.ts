export { type AttemptRecord, attemptsOf } from './attempt-history.js';
export { Evaluation } from './evaluation.entity.js';
export { storedChecks } from './stored-checks.js';
export { CandidateChecks } from './candidate-checks.js';
export { CheckCandidateJob } from './check-candidate.job.js';
export { EvaluationJobsModule, EvaluationsModule } from './evaluations.module.js';
