import { allergyCategories } from '../../../core/events/categories.js';
import type {
  AllergyEvent,
  CarePlanEvent,
  ConditionEvent,
  DeviceEvent,
  ProcedureEvent,
} from '../../../core/events/patient-event.js';
import { deviceIdentifier } from '../output/invented-identifiers.js';
import { fromRows, spanOf, type EventContext } from './event-context.js';

export function conditionsOf(context: EventContext): ConditionEvent[] {
  const rows = context.patient.record.conditions;
  return fromRows(
    rows.count,
    (row) => context.window.hasSpan(rows, row),
    (row) => spanOf(context, 'condition', rows, row),
  );
}

export function carePlansOf(context: EventContext): CarePlanEvent[] {
  const rows = context.patient.record.carePlans;
  return fromRows(
    rows.count,
    (row) => context.window.hasSpan(rows, row),
    (row) => ({
      ...spanOf(context, 'care-plan', rows, row),
      ...context.coder.reason(rows.reason.at(row)),
      activities: context.coder.list(rows.activities.at(row)),
    }),
  );
}

export function proceduresOf(context: EventContext): ProcedureEvent[] {
  const rows = context.patient.record.procedures;
  return fromRows(
    rows.count,
    (row) => context.window.hasMoment(rows.start.at(row)),
    (row) => ({ ...spanOf(context, 'procedure', rows, row), ...context.coder.reason(rows.reason.at(row)) }),
  );
}

export function devicesOf(context: EventContext): DeviceEvent[] {
  const rows = context.patient.record.devices;
  return fromRows(
    rows.count,
    (row) => context.window.hasSpan(rows, row),
    (row) => ({ ...spanOf(context, 'device', rows, row), udi: deviceIdentifier(context.patient, row) }),
  );
}

const severities = ['mild', 'moderate', 'severe'] as const;

export function allergiesOf(context: EventContext): AllergyEvent[] {
  const { coder, patient } = context;
  const rows = patient.record.allergies;
  return fromRows(
    rows.count,
    (row) => context.window.hasSpan(rows, row),
    (row) => {
      const category = coder.word(rows.category.at(row))?.toLowerCase();
      return {
        ...spanOf(context, 'allergy', rows, row),
        type: coder.word(rows.type.at(row))?.toLowerCase() === 'intolerance' ? 'intolerance' : 'allergy',
        // Modules may leave it out; one that is not known is refused when they are compiled.
        category: allergyCategories.find((one) => one === category) ?? 'environment',
        reactions: reactionsOf(context, row),
      };
    },
  );
}

function reactionsOf({ patient, coder }: EventContext, allergy: number): AllergyEvent['reactions'] {
  const { reactions: rows } = patient.record;
  const isOfIt = (row: number): boolean => rows.allergy.at(row) === allergy;
  return fromRows(rows.count, isOfIt, (row) => {
    const word = coder.word(rows.severity.at(row));
    const severity = severities.find((one) => one === word);
    return { manifestation: coder.code(rows.reaction.at(row)), ...(severity && { severity }) };
  });
}
