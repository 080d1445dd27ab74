export { assessmentHash } from './assessment-content.js';
export { Assessment } from './assessment.entity.js';
export { AssessmentEntitiesModule, AssessmentsModule } from './assessments.module.js';
