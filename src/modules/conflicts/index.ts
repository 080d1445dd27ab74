export { ConflictOfInterest } from './conflict.entity.js';
export { keepConflict, recusalsOf } from './kept-conflicts.js';
export { Recusal } from './recusal.type.js';
export { refuseRecusal } from './recusal.rules.js';
