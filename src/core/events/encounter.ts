import type { Coded } from './coded.js';
import type { Moment } from './moment.js';

export const encounterClasses = [
  ...(['wellness', 'ambulatory', 'outpatient', 'urgent-care', 'emergency'] as const),
  ...(['inpatient', 'hospice', 'nursing-facility', 'home', 'virtual'] as const),
];
export type EncounterClass = (typeof encounterClasses)[number];

/** A part of a stay in hospital that is spent in one place. */
export interface Stay {
  readonly key: string;
  readonly kind: 'ward' | 'intensive-care';
  readonly start: Moment;
  /** Left out: the person is still there. */
  readonly end?: Moment;
  /** The key of a location in the directory. */
  readonly location?: string;
}

/** A contact of a person with those who care for them. */
export interface Encounter {
  /** Unique among the encounters of a release. */
  readonly key: string;
  readonly class: EncounterClass;
  readonly start: Moment;
  /** Left out: it is not over. */
  readonly end?: Moment;
  /** What kind of contact it was; the first code names it. */
  readonly codes: readonly Coded[];
  readonly reason?: Coded;
  /** Keys of the directory. */
  readonly organisation?: string;
  readonly practitioner?: string;
  readonly admittedFrom?: Coded;
  readonly dischargedTo?: Coded;
  /** In the order of their starts; each within the encounter. */
  readonly stays: readonly Stay[];
}
