import type { Check, CheckCounts } from './check.js';

export type Verdict =
  | { readonly status: 'passed' | 'failed' }
  | { readonly status: 'not-applicable' | 'error'; readonly reason: string };

/** What is known of the place that a check is about. */
export interface PlaceFacts {
  readonly isTableMissing: boolean;
  readonly isFieldMissing: boolean;
  readonly isTableEmpty: boolean;
  /** Every row has NULL in the field. */
  readonly isFieldEmpty: boolean;
  readonly hasConditions: boolean;
  /** Why the check's values cannot be read. */
  readonly unreadable: string | null;
}

/** The first rule that has something to say decides: not applicable, error, then the threshold. */
export function judge(check: Check, counts: CheckCounts, facts: PlaceFacts): Verdict {
  const why = notApplicable(check, counts, facts);
  if (why !== null) return { status: 'not-applicable', reason: why };
  const isAboutPresence = check.kind.name === 'cdmTable' || check.kind.name === 'cdmField';
  if (facts.unreadable !== null && !isAboutPresence) return { status: 'error', reason: facts.unreadable };
  return { status: exceeds(check, counts) ? 'failed' : 'passed' };
}

/** Without a threshold, and with one of 0, a single violation is too much. */
function exceeds({ threshold }: Check, { violated, denominator }: CheckCounts): boolean {
  if (threshold === null || threshold === 0) return violated > 0;
  return denominator > 0 && (100 * violated) / denominator > threshold;
}

function notApplicable(check: Check, { denominator }: CheckCounts, facts: PlaceFacts): string | null {
  const { kind, table, field = '' } = check;
  const noTable = facts.isTableMissing ? `There is no table ${table}.` : null;
  switch (kind.name) {
    case 'cdmTable':
      return null;
    case 'cdmField':
    case 'measurePersonCompleteness':
      return noTable;
    case 'measureConditionEraCompleteness':
      return facts.hasConditions ? null : 'The table condition_occurrence has no row.';
  }
  if (noTable !== null) return noTable;
  if (facts.isFieldMissing) return `The table ${table} has no field ${field}.`;
  if (facts.isTableEmpty) return `The table ${table} has no row.`;
  if (facts.unreadable !== null || kind.name === 'measureValueCompleteness') return null;
  if (facts.isFieldEmpty) return `No row of ${table} has a value in ${field}.`;
  if (kind.level === 'CONCEPT' && denominator === 0)
    return `No row of ${table} is about concept ${check.row['conceptId'] ?? ''}.`;
  return null;
}
