export { Decision } from './decision.entity.js';
export { DecisionEntitiesModule, DecisionsModule } from './decisions.module.js';
export { DecisionRecords } from './decision-records.js';
export { refuseReason } from './decision.rules.js';
export { questionedSql, wasQuestioned } from './questioned.js';
export { Waiver } from './waiver.entity.js';
export { isWaived, waiversNeeded, withoutRecused } from './waiver.rules.js';
export { distinctIdentities } from './identities.rules.js';
