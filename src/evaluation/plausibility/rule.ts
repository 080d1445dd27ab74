/** Says whether a rule, or a side of it, is about a row. All that is given must hold; a missing cell never does. */
export interface Condition {
  readonly column: string;
  readonly in?: readonly string[];
  /** Any of these beginnings: codes of a chapter. */
  readonly startsWith?: readonly string[];
  /** Inclusive; numbers, or dates as 2020-12-31. */
  readonly min?: number | string;
  readonly max?: number | string;
}

interface RuleBase {
  /** Of the rule file; the report uses it. */
  readonly name: string;
  /** A sentence for people. */
  readonly says?: string;
}

/** What must hold in every row. A row that the rule is not about, or whose cells are missing, does not violate it. */
export type PlausibilityRule =
  /** Where all of `when` hold, all of `then` must: conditions of one sex, drugs that need a diagnosis. */
  | (RuleBase & {
      readonly kind: 'implication';
      readonly when: readonly Condition[];
      readonly then: readonly Condition[];
    })
  /** Columns whose values never fall from left to right: birth, admission, discharge. */
  | (RuleBase & { readonly kind: 'order'; readonly columns: readonly string[] })
  /** Bounds of a number or date, inclusive; of another unit other bounds. */
  | (RuleBase & {
      readonly kind: 'range';
      readonly column: string;
      readonly min?: number | string;
      readonly max?: number | string;
      readonly unit?: { readonly column: string; readonly is: string };
    })
  /** The only pairs there may be: each value of the first column with the values of the second that go with it. */
  | (RuleBase & {
      readonly kind: 'pairs';
      readonly columns: readonly [string, string];
      readonly allowed: Readonly<Record<string, readonly string[]>>;
    });

/** The columns a rule speaks of. */
export function columnsOfRule(rule: PlausibilityRule): string[] {
  switch (rule.kind) {
    case 'implication':
      return [...rule.when, ...rule.then].map(({ column }) => column);
    case 'range':
      return rule.unit ? [rule.column, rule.unit.column] : [rule.column];
    case 'order':
    case 'pairs':
      return [...rule.columns];
  }
}
