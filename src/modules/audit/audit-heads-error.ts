/** Why no head is signed, in a sentence for the operator. */
export class AuditHeadsError extends Error {
  override readonly name = 'AuditHeadsError';
}
