import type { EventKind } from '../../core/events/patient-event.js';
import type { Rule } from './mapping.js';
import type { EventTally, LeftOutReason, Verdict } from './tally.js';

/** What a mapping made of tables, and what it did not; complete when all records were read. */
export interface MappingCoverage {
  readonly title: string;
  /** What the mapping decides without the tables. */
  readonly rules: readonly (Pick<Rule, 'kind' | 'says'> & {
    readonly name: string;
    /** Paths in the mapping file. */
    readonly usedAt: readonly string[];
  })[];
  readonly tables: readonly TableCoverage[];
  /** Tables that the mapping does not name. */
  readonly tablesUnmapped: readonly string[];
  readonly valueMaps: readonly ValueCoverage[];
  readonly eventRules: readonly EventTally[];
  readonly leftOut: readonly {
    readonly table: string;
    readonly reason: LeftOutReason;
    readonly count: number;
  }[];
  /** Columns of a person in which rows of one person differ: the first row counted. */
  readonly differing: readonly {
    readonly table: string;
    readonly column: string;
    readonly persons: number;
  }[];
  readonly persons: number;
  readonly dead: number;
  readonly encounters: number;
  readonly events: Readonly<Partial<Record<EventKind, number>>>;
}

export interface TableCoverage {
  readonly name: string;
  readonly rows: number;
  /** Rows from which no encounter, event or death came. */
  readonly rowsWithoutEvent: number;
  readonly columnsMapped: readonly string[];
  readonly columnsUnmapped: readonly string[];
  /** Named by the mapping, lacked by the table, and allowed to be. */
  readonly columnsLacking: readonly string[];
}

export interface ValueCoverage {
  readonly path: string;
  readonly table: string;
  readonly column: string;
  readonly map: string | null;
  readonly missing: number;
  /** The most frequent ones first. */
  readonly values: readonly { readonly value: string; readonly count: number; readonly verdict: Verdict }[];
  /** Values of the value map that no cell has. */
  readonly unused: readonly string[];
}
