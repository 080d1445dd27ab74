export type LintSeverity = 'fail' | 'review';

/** What a rule says about one place. `why` is written by us and never holds anything that was read from the files. */
export interface Place {
  readonly file: string;
  /** Where in the file: `src-stats.auto__death__person_id.results[2]`. */
  readonly path: string;
  /** From 1; null when the finding is about the file as a whole. */
  readonly line: number | null;
  readonly why: string;
}

export interface Finding extends Place {
  readonly rule: string;
  readonly severity: LintSeverity;
}
