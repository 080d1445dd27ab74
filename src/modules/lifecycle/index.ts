export { LifecycleModule, lifecycleSweeps } from './lifecycle.module.js';
