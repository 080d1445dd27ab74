import type { EventKind, ObservationEvent, PatientEvent } from '../../../core/events/patient-event.js';
import { administrationCells, orderCells } from './drug-cells.js';
import type { Happening, Role } from './happening.js';
import { roles } from './happening.js';

/** Kinds of events that have a table of their own or none. */
type Elsewhere = 'note' | 'report';

/**
 * What an event is in the tables of clinical events: one happening, for a panel one a part; none for the kinds that
 * {@link leftOutKinds} names. `until` is the end of the record (ms).
 */
export function happeningsOf(event: Exclude<PatientEvent, { kind: Elsewhere }>, until: number): Happening[] {
  const { start, codes, encounter } = event;
  const about = (role: Role, more: Partial<Happening> = {}): Happening[] => [
    { role, codes, encounter, start, ...more },
  ];
  const end = 'end' in event ? { end: event.end } : {};
  switch (event.kind) {
    case 'condition':
      return about(roles.condition, end);
    case 'allergy':
      return about(roles.allergy, end);
    case 'observation':
      return observed(event);
    case 'medication-order':
      return about(roles.order, { drug: orderCells(event, until) });
    case 'medication-administration':
      return about(roles.administration, { drug: administrationCells(start, event.end) });
    case 'immunisation':
      return about(roles.administration, { drug: administrationCells(start, undefined, event.dose) });
    case 'procedure':
      return about(roles.procedure, end);
    case 'imaging-study':
      // The examination is the procedure that the study names; a row for the pictures would be the same thing twice.
      return event.procedure === undefined ? about(roles.procedure) : [];
    case 'device':
      return about(roles.device, { ...end, device: { udi: event.udi ?? null, quantity: null } });
    case 'supply':
      return about(roles.device, { device: { udi: null, quantity: event.quantity } });
    case 'care-plan':
      return about(roles.carePlan, end);
  }
}

function observed({ start, codes, encounter, category, value, components }: ObservationEvent): Happening[] {
  const isMeasured = category === 'vital-signs' || category === 'laboratory';
  const role = (found: ObservationEvent['value']): Role =>
    found === undefined && !isMeasured
      ? roles.finding
      : isMeasured || found?.kind === 'quantity'
        ? roles.measuredValue
        : roles.answeredValue;
  if (components.length === 0) return [{ role: role(value), codes, encounter, start, value }];
  return components.map((part) => ({
    ...{ role: role(part.value), codes: part.codes, encounter, start, value: part.value },
  }));
}

/** What of an event is not written, in words; undefined where all of its substance is. */
export function leftOutOf(event: PatientEvent): string | undefined {
  switch (event.kind) {
    case 'report':
      return 'reports, which put observations together that are written one by one';
    case 'imaging-study':
      return 'series and pictures of imaging studies';
    case 'care-plan':
      return event.activities.length > 0 ? 'activities of care plans' : undefined;
    case 'allergy':
      return event.reactions.length > 0 ? 'reactions of allergies' : undefined;
    case 'medication-order':
    case 'medication-administration':
    case 'procedure':
      return event.reason ? 'reasons of drugs and procedures' : undefined;
    case 'condition':
    case 'device':
    case 'immunisation':
    case 'note':
    case 'observation':
    case 'supply':
      return undefined;
  }
}

/** How many events became how many rows. */
export type KindCounts = Partial<Record<EventKind, { events: number; rows: number }>>;
