import type { EncounterClass } from '../../core/events/encounter.js';
import type { EventKind, ObservationEvent } from '../../core/events/patient-event.js';
import type { Sex } from '../../core/events/person.js';

/** What a mapping file says, once its schema was checked: how tables become patient events. */
export interface Mapping {
  readonly version: 1;
  readonly title: string;
  /** What becomes of rows that cannot be: outside of the life, ending before they start, of nobody. */
  readonly conflicts: 'leave-out' | 'refuse';
  readonly rules?: Readonly<Record<string, Rule>>;
  readonly valueMaps?: Readonly<Record<string, ValueMap>>;
  readonly tables: readonly TableMapping[];
}

/** What the tables do not say and the mapping decides; `says` tells the reader. */
export type Rule = { readonly says: string } & (
  | { readonly kind: 'date'; readonly date: string }
  | { readonly kind: 'year'; readonly year: number }
  /** The year of birth is that of `at` less the age; of a band, `band` says which age. */
  | { readonly kind: 'age'; readonly at: string; readonly band?: 'lowest' | 'middle' }
  /** Encounters of a person in the order of their rows, each so many days after the end of the one before. */
  | { readonly kind: 'one-after-another'; readonly first: string; readonly gapDays: number }
);

/** Values of a column and what each stands for; `without` names those that stand for nothing by decision. */
export type ValueMap = { readonly without?: readonly string[] } & (
  | {
      readonly gives: 'coded';
      readonly system: string;
      readonly values: Readonly<Record<string, { readonly code: string; readonly display?: string }>>;
    }
  | {
      readonly gives: 'quantity';
      readonly unit?: string;
      readonly values: Readonly<Record<string, { readonly value: number; readonly comparator?: Comparator }>>;
    }
  | { readonly gives: 'text' | 'unit'; readonly values: Readonly<Record<string, string>> }
  | { readonly gives: 'boolean'; readonly values: Readonly<Record<string, boolean>> }
  | { readonly gives: 'sex'; readonly values: Readonly<Record<string, Sex>> }
  | { readonly gives: 'encounter-class'; readonly values: Readonly<Record<string, EncounterClass>> }
);
export type Comparator = '<' | '<=' | '>=' | '>';

export interface TableMapping {
  readonly name: string;
  /** Cell texts that mean "not known"; an empty cell always does. */
  readonly missing?: readonly string[];
  /** Columns that the table may be without; what needs them then gives nothing. */
  readonly mayLack?: readonly string[];
  /** The column with whose person a row is; left out: every row is a person. */
  readonly key?: string;
  /** The column that says in which order the rows of one person are; left out: that of the file. */
  readonly order?: string;
  readonly person?: PersonMapping;
  readonly encounter?: EncounterMapping;
  readonly death?: DeathMapping;
  readonly events?: readonly EventMapping[];
}

/** Read from the first row of a person. */
export interface PersonMapping {
  readonly sex: LookUp | { readonly is: Sex };
  readonly birth: BirthSource;
  readonly ethnicity?: CodeSource;
  readonly race?: CodeSource;
  readonly language?: CodeSource;
  readonly maritalStatus?: CodeSource;
  /** Days of the person that others count from, such as an enrolment. */
  readonly moments?: Readonly<Record<string, MomentSource>>;
}

export interface LookUp {
  readonly column: string;
  readonly map: string;
}

/** A column, or a rule alone; an age needs both. */
export interface BirthSource {
  readonly column?: string;
  readonly form?: 'date' | 'year' | 'age' | 'age-band';
  readonly rule?: string;
}

export interface EncounterMapping {
  /** The column by which rows of other tables name the encounter. */
  readonly key?: string;
  readonly class: LookUp | { readonly is: EncounterClass };
  readonly start: MomentSource;
  readonly end?: MomentSource;
  readonly lengthOfStay?: Span;
  readonly code?: CodeSource;
  readonly reason?: CodeSource;
  readonly admittedFrom?: CodeSource;
  readonly dischargedTo?: CodeSource;
}

interface DeathMapping {
  readonly when?: readonly Condition[];
  readonly at: MomentSource;
  readonly cause?: CodeSource;
}

/** Exactly one of `column`, `rule`, `moment` and `at`. */
export interface MomentSource {
  readonly column?: string;
  readonly form?: 'date' | 'datetime' | 'year';
  readonly rule?: string;
  readonly moment?: string;
  readonly at?: 'birth' | 'encounter-start' | 'encounter-end';
  readonly plus?: Span;
}

/** A length of time: a column or a fixed amount of a unit. */
export interface Span {
  readonly column?: string;
  readonly amount?: number;
  readonly unit: 'hours' | 'days' | 'weeks';
}

/** A fixed code, a column of codes of one system, or a column with a value map. */
export interface CodeSource {
  readonly system?: string;
  readonly code?: string;
  readonly display?: string;
  readonly column?: string;
  /** What a code of the column looks like from its first character to its last; other cells give nothing and are counted. */
  readonly pattern?: string;
  readonly map?: string;
}

export interface ValueSource {
  readonly column: string;
  readonly map?: string;
  readonly as?: 'number' | 'text';
  /** UCUM. */
  readonly unit?: string;
  /** A unit in the words of the source. */
  readonly unitText?: string;
  readonly unitFrom?: LookUp;
}

export interface Condition {
  readonly column: string;
  readonly in?: readonly string[];
  readonly notIn?: readonly string[];
}

/** The kinds of events that tables can give. */
export type MappedKind = Extract<
  EventKind,
  | ('condition' | 'allergy' | 'observation' | 'medication-order')
  | ('medication-administration' | 'procedure' | 'immunisation' | 'device')
>;

export interface EventMapping {
  readonly kind: MappedKind;
  readonly code?: CodeSource;
  readonly start: MomentSource;
  readonly end?: MomentSource;
  readonly when?: readonly Condition[];
  /** One event for each row, or one for each person from the first row. */
  readonly of?: 'row' | 'person';
  /** The encounter of the row, that which a column names, or none; left out: that of the row where rows are encounters. */
  readonly encounter?: 'row' | 'none' | { readonly column: string };
  readonly reason?: CodeSource;
  readonly isChronic?: boolean;
  readonly category?: ObservationEvent['category'];
  readonly value?: ValueSource;
  readonly allergy?: {
    readonly type: 'allergy' | 'intolerance';
    readonly category: 'food' | 'medication' | 'environment';
  };
  /** One event for each of these columns, in place of `code` and `value`. */
  readonly explode?: Readonly<Record<string, ExplodedColumn>>;
  /** Of exploded columns: only where the cell is one of these. */
  readonly cells?: readonly string[];
}

export interface ExplodedColumn extends Omit<ValueSource, 'column'> {
  readonly code: CodeSource;
}
