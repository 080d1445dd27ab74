export { ConflictOfInterest } from './conflict.entity.js';
export { keepConflict, recusalsAbout, recusalsByKey, type SeenRecusal } from './kept-conflicts.js';
export { WithdrawalsResolver } from './withdrawals.resolver.js';
export { WithdrawalsService } from './withdrawals.service.js';
export { Recusal } from './recusal.type.js';
export { refuseRecusal } from './recusal.rules.js';
