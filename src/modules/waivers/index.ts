export { carryWaivers } from './carry-waivers.js';
export { outcomeWithWaivers } from './outcome-with-waivers.js';
export { Waiver } from './waiver.entity.js';
export { isWaived, refuseWaiver, waiversNeeded, withoutRecused } from './waiver.rules.js';
