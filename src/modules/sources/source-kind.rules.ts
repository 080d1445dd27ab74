import { type Refusal, refusal } from '../platform/refusal/refusal.js';

/** Rules hold no record that could be summarised or learned from. */
export function refuseWithoutRecords({ kind }: { readonly kind: string }): Refusal | null {
  if (kind === 'EXTRACT') return null;
  return refusal('NO_RECORDS', 'These are clinical rules: no record is in them.', 'sourceId');
}
