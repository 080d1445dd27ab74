export { type Licence, POLICY, type Policy, type RolePolicy } from './policy.js';
export { PolicyModule } from './policy.module.js';
