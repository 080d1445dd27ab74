export { checkPolicies, checksNeeded, sectionsMeasured } from './declared-checks.js';
export { type Licence, POLICY, type Policy, type RolePolicy, type TierThresholds } from './policy.js';
export { PolicyModule } from './policy.module.js';
