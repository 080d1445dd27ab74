export { POLICY, type Policy, type RolePolicy, type TierThresholds } from './policy.js';
export { PolicyModule } from './policy.module.js';
