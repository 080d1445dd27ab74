export type { EvidenceFacts } from './evidence-facts.js';
export { EvidenceModule } from './evidence.module.js';
export { EvidenceService } from './evidence.service.js';
export { plainSummary } from './plain-summary.js';
