export { costOf, type PrivacyCost } from './ledger.rules.js';
export { LedgerApiModule, LedgerModule } from './ledger.module.js';
export { LedgerService } from './ledger.service.js';
