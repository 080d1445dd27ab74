export {
  type Deadlines,
  type NotificationPolicy,
  POLICY,
  type Policy,
  type RolePolicy,
  timedStates,
} from './policy.js';
export { PolicyModule } from './policy.module.js';
