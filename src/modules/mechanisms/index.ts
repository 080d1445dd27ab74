export { Mechanism } from './mechanism.entity.js';
export { isLive, refuseUse } from './mechanism.rules.js';
export { MechanismsModule } from './mechanisms.module.js';
