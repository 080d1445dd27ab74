import type { Coded, Value } from '../../../core/events/coded.js';
import type { Moment } from '../../../core/events/moment.js';
import type { Cell } from '../rows/cell-text.js';
import { typeConcepts } from '../vocabulary/fixed-concepts.js';

/** The tables of clinical events that the domain of a concept decides between. */
export type EventTable =
  | 'condition_occurrence'
  | 'drug_exposure'
  | 'procedure_occurrence'
  | 'device_exposure'
  | 'measurement'
  | 'observation';

/** What kind of event a row is from: its type concept, and where it goes when its code does not say. */
export interface Role {
  readonly type: number;
  /** The table of codes without a standard concept. */
  readonly fallback: EventTable;
  /** A finding with a value goes where values have a place, whatever the domain of its code. */
  readonly hasValue: boolean;
}

const role = (fallback: EventTable, type: number, hasValue = false): Role => ({ type, fallback, hasValue });

/** One object each, so that templates can be found by it. */
export const roles = {
  condition: role('condition_occurrence', typeConcepts.encounter),
  allergy: role('observation', typeConcepts.encounter),
  finding: role('observation', typeConcepts.encounter),
  measuredValue: role('measurement', typeConcepts.encounter, true),
  answeredValue: role('observation', typeConcepts.encounter, true),
  order: role('drug_exposure', typeConcepts.prescription),
  administration: role('drug_exposure', typeConcepts.administration),
  procedure: role('procedure_occurrence', typeConcepts.encounter),
  device: role('device_exposure', typeConcepts.encounter),
  carePlan: role('observation', typeConcepts.encounter),
} as const;

/** Something that happened and that one or more rows are about. */
export interface Happening {
  readonly role: Role;
  readonly codes: readonly Coded[];
  readonly encounter: string | undefined;
  readonly start: Moment;
  /** Left out: not over, or without a length. */
  readonly end?: Moment;
  readonly value?: Value | undefined;
  /** Of drugs. */
  readonly drug?: DrugCells;
  /** Of devices. */
  readonly device?: { readonly udi: Cell; readonly quantity: Cell };
}

export interface DrugCells {
  /** Required by the model, and so inferred where it is not known. */
  readonly end: Moment;
  readonly verbatimEnd: Cell;
  readonly refills: Cell;
  readonly daysSupply: Cell;
  readonly sig: Cell;
}
