export { Decision } from './decision.entity.js';
export { DecisionEntitiesModule, DecisionsModule } from './decisions.module.js';
export { DecisionRecords } from './decision-records.js';
export { refuseReason } from './decision.rules.js';
export { questionedSql, wasQuestioned } from './questioned.js';
export { recordedApprovals } from './recorded-approvals.js';
export { distinctIdentities } from './identities.rules.js';
