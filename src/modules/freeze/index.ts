export { Freeze } from './freeze.entity.js';
export { FreezeModule } from './freeze.module.js';
export { frozenRefusal, holdOffFreezes, isFrozen, refuseFrozen } from './frozen.js';
