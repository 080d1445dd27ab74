import type { allergyCategories, observationCategories } from './categories.js';
import type { Coded, Value } from './coded.js';
import type { Moment } from './moment.js';

interface Event {
  /** Unique among the events of a release. */
  readonly key: string;
  /** The key of an encounter of the same record. */
  readonly encounter?: string;
  readonly start: Moment;
  /** The same thing in one or several systems, or with more or less detail; the first names it. Never empty. */
  readonly codes: readonly Coded[];
}

/** What lasts: left out, the end has not come yet. */
interface Lasting {
  readonly end?: Moment;
}

export interface ConditionEvent extends Event, Lasting {
  readonly kind: 'condition';
}

export interface AllergyEvent extends Event, Lasting {
  readonly kind: 'allergy';
  readonly type: 'allergy' | 'intolerance';
  readonly category: (typeof allergyCategories)[number];
  readonly reactions: readonly {
    readonly manifestation: Coded;
    readonly severity?: 'mild' | 'moderate' | 'severe';
  }[];
}

/** Finding, measurement or answer; which OMOP table it belongs to is told by the domain of its code. */
export interface ObservationEvent extends Event {
  readonly kind: 'observation';
  readonly category: (typeof observationCategories)[number];
  readonly value?: Value;
  /** The parts of a panel, such as systolic and diastolic pressure; what has parts has no value. */
  readonly components: readonly { readonly codes: readonly Coded[]; readonly value: Value }[];
}

export interface ReportEvent extends Event {
  readonly kind: 'report';
  /** Keys of the observations that it puts together. */
  readonly results: readonly string[];
}

export interface MedicationOrderEvent extends Event, Lasting {
  readonly kind: 'medication-order';
  readonly reason?: Coded;
  readonly isChronic: boolean;
  readonly dosage?: Dosage;
}

export interface Dosage {
  readonly asNeeded: boolean;
  /** Units taken at a time. */
  readonly amount?: number;
  /** So many times in a period. */
  readonly frequency?: number;
  readonly period?: number;
  readonly periodUnit?: 'hour' | 'day' | 'week' | 'month' | 'year';
  readonly refills?: number;
}

/** Given by a professional, on the spot. */
export interface MedicationAdministrationEvent extends Event, Lasting {
  readonly kind: 'medication-administration';
  readonly reason?: Coded;
}

export interface ProcedureEvent extends Event, Lasting {
  readonly kind: 'procedure';
  readonly reason?: Coded;
}

export interface ImmunisationEvent extends Event {
  readonly kind: 'immunisation';
  /** From 1. */
  readonly dose?: number;
}

export interface DeviceEvent extends Event, Lasting {
  readonly kind: 'device';
  /** Unique device identifier, made up. */
  readonly udi?: string;
}

export interface CarePlanEvent extends Event, Lasting {
  readonly kind: 'care-plan';
  readonly reason?: Coded;
  readonly activities: readonly Coded[];
}

export interface ImagingStudyEvent extends Event {
  readonly kind: 'imaging-study';
  /** The key of the procedure that was the examination. */
  readonly procedure?: string;
  readonly uid: string;
  readonly series: readonly {
    readonly uid: string;
    readonly bodySite: Coded;
    readonly modality: Coded;
    readonly instances: readonly {
      readonly uid: string;
      readonly sopClass: Coded;
      readonly title?: string;
    }[];
  }[];
}

export interface SupplyEvent extends Event {
  readonly kind: 'supply';
  /** Whole pieces. */
  readonly quantity: number;
}

/** A text about the person; its codes say what kind of text. */
export interface NoteEvent extends Event {
  readonly kind: 'note';
  readonly text: string;
}

export type PatientEvent =
  | ConditionEvent
  | AllergyEvent
  | ObservationEvent
  | ReportEvent
  | MedicationOrderEvent
  | MedicationAdministrationEvent
  | ProcedureEvent
  | ImmunisationEvent
  | DeviceEvent
  | CarePlanEvent
  | ImagingStudyEvent
  | SupplyEvent
  | NoteEvent;

export type EventKind = PatientEvent['kind'];
