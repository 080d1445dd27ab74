export { findInput, type MechanismInput } from './mechanism-inputs.js';
export { Mechanism } from './mechanism.entity.js';
export { refuseUse } from './mechanism.rules.js';
export { refuseStopped, statesOfMechanisms } from './mechanism-use.js';
export { MechanismsModule } from './mechanisms.module.js';
