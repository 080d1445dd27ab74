import { resultUnion } from '../platform/index.js';
import { Mechanism } from './mechanism.entity.js';

export const MechanismResult = resultUnion('MechanismResult', Mechanism);
