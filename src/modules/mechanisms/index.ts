export { Mechanism } from './mechanism.entity.js';
export { MechanismsModule } from './mechanisms.module.js';
