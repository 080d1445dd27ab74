/** Why a command was not carried out. Expected outcomes: they travel as values, never as exceptions. */
export const refusalCodes = [
  'NOT_PERMITTED',
  'NOT_FOUND',
  'WRONG_STATE',
  'INCOMPLETE',
  'DECLARATION_MISSING',
  'UNKNOWN_COLUMN',
  'IDENTIFIER_COLUMN',
  'DUPLICATE_COLUMN',
  'ROWS_OUT_OF_BOUNDS',
  'UNSUPPORTED_FORMAT',
  'UNSUPPORTED_TIER',
  'OWN_REQUEST',
  'OPERATOR_DECIDES',
  'EVALUATOR_DECIDES',
  'WAIVER_DECIDES',
  'NOT_WAIVABLE',
  'OWN_SUSPENSION',
  'FROZEN',
  'INCIDENT_OPEN',
  'OWN_REPORT',
  'HAD_A_PART',
  'ALREADY_DECIDED',
  'CONFLICT_OF_INTEREST',
  'FORBIDDEN_DELEGATION',
  'UPLOAD_NOT_READY',
  'NO_RECORDS',
  'MALFORMED_FILE',
  'ALREADY_REGISTERED',
  'UNKNOWN_GENERATOR',
  'BAD_PARAMETERS',
  'PROFILE_NOT_SIGNED',
  'PROFILE_MISMATCH',
  'MODEL_NOT_READY',
  'MODEL_MISMATCH',
  'BUDGET_EXCEEDED',
  'DISCLOSURE_RISK',
  'STATISTIC_NOT_DECIDED',
  'DPIA_MISSING',
  'DPIA_RISK_UNMITIGATED',
  'MECHANISM_MISMATCH',
  'ATTEMPTS_SPENT',
  'SEED_USED',
  'CHECKS_NOT_PASSED',
  'CANDIDATE_CHANGED',
  'STALE_POLICY',
  'STALE',
  'NOT_RUNNING',
  'WRONG_CREDENTIALS',
  'PROVIDER_SIGN_IN_NEEDED',
  'RATE_LIMITED',
  'NO_GRANT',
  'GRANT_ENDED',
  'PERSON_BLOCKED',
  'TRAINING_NOT_VALID',
  'LICENCE_NOT_ACCEPTED',
  'NOT_INSTITUTIONAL',
  'REFEREE_CONFLICT',
  'REFEREE_DECIDES',
  'LINK_NEEDED',
  'LINK_SPENT',
  'TOO_LARGE',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

export interface Refusal {
  readonly code: RefusalCode;
  /** A sentence for the person who asked. */
  readonly message: string;
  /** The field, column or object the refusal is about. */
  readonly place?: string;
}

export function refusal(code: RefusalCode, message: string, place?: string): Refusal {
  return place === undefined ? { code, message } : { code, message, place };
}
