/** What the project of the checks says about one of their kinds. */
export interface CheckKind {
  readonly name: string;
  readonly level: 'TABLE' | 'FIELD' | 'CONCEPT';
  /** With `@parameters` for what a check of the kind is about. */
  readonly description: string;
  readonly context: string;
  readonly category: 'Conformance' | 'Completeness' | 'Plausibility';
  readonly subcategory: string;
  readonly severity: 'fatal' | 'convention' | 'characterization';
  /** A row of a level's table is a check of the kind when all of these hold. */
  readonly conditions: readonly KindCondition[];
}

interface KindCondition {
  readonly column: string;
  readonly isEqual: boolean;
  readonly value: string;
}

/** One check: a kind at one place of the model. */
export interface Check {
  readonly kind: CheckKind;
  /** Lower case. */
  readonly table: string;
  /** Lower case; left out for a check of a table. */
  readonly field?: string;
  /** The row that the check comes from, by column. */
  readonly row: Readonly<Record<string, string>>;
  /** Percent of the rows that may violate; null: none may. */
  readonly threshold: number | null;
  readonly notes: string;
}

/** What a check counted. */
export interface CheckCounts {
  readonly violated: number;
  readonly denominator: number;
}
