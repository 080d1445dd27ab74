import type { CheckCounts } from './check.js';

/** Rows of a table that use a concept in a field. */
export interface ConceptUse {
  readonly field: string;
  readonly isZero: boolean;
  /** The vocabulary of the source has the concept; else all below is null. */
  readonly isKnown: boolean;
  readonly domain: string | null;
  readonly conceptClass: string | null;
  readonly standard: string | null;
  readonly isInvalid: boolean;
  readonly rows: number;
}

/** Rows of a table by concept and unit. */
export interface UnitUse {
  readonly conceptId: string;
  /** Null: no unit. */
  readonly unitConceptId: string | null;
  readonly rows: number;
}

/** What a scan of a table joins to its rows, at most one row each. `t` is the table. */
export interface Join {
  readonly alias: string;
  readonly sql: string;
}

/** How a check is counted. Those of kind `rows` share one scan of their table, whatever their number. */
export type Counting =
  /** Whether something is there at all. */
  | { readonly from: 'presence' }
  /** Cells that are not of the field's type: counted when the table was read. */
  | { readonly from: 'misfits' }
  /** Empty cells; a cell of another type is not empty. */
  | { readonly from: 'emptiness' }
  | {
      readonly from: 'rows';
      /** Aggregates of SQL over the rows `t` and what is joined to them. */
      readonly violated: string;
      readonly denominator: string;
      readonly joins: readonly Join[];
    }
  | {
      readonly from: 'concepts';
      readonly violates: (use: ConceptUse) => boolean;
      readonly denominator: 'all-rows' | 'filled-rows';
    }
  | { readonly from: 'units'; readonly count: (uses: readonly UnitUse[]) => CheckCounts }
  /** A statement of its own that answers `violated` and `denominator`. */
  | { readonly from: 'query'; readonly sql: string };
