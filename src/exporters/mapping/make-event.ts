import type { Moment } from '../../core/events/moment.js';
import type { PatientEvent } from '../../core/events/patient-event.js';
import type { RowContext } from './resolver.js';
import type { EventPlan } from './table-plan.js';

/** What every event has; those that end nowhere are given no end. */
interface EventFrame {
  readonly key: string;
  readonly encounter?: string;
  readonly start: Moment;
  readonly end?: Moment;
}

/** The event of a row; null where the row has no code, or no value where a value is what it is about. */
export function makeEvent(plan: EventPlan, context: RowContext, frame: EventFrame): PatientEvent | null {
  const code = plan.code(context);
  if (!code) return null;
  const base = { ...frame, codes: [code] };
  const reason = plan.reason?.(context) ?? null;
  const because = reason ? { reason } : {};
  const { spec } = plan;
  switch (spec.kind) {
    case 'condition':
    case 'device':
    case 'immunisation':
      return { kind: spec.kind, ...base };
    case 'procedure':
    case 'medication-administration':
      return { kind: spec.kind, ...base, ...because };
    case 'medication-order':
      return { kind: spec.kind, ...base, ...because, isChronic: spec.isChronic === true };
    case 'allergy':
      if (!spec.allergy) throw new RangeError('A checked allergy has no type.');
      return { kind: spec.kind, ...base, ...spec.allergy, reactions: [] };
    case 'observation':
      return observation(plan, context, base);
  }
}

function observation(
  { spec, value: resolve }: EventPlan,
  context: RowContext,
  base: EventFrame & Pick<PatientEvent, 'codes'>,
): PatientEvent | null {
  if (!spec.category) throw new RangeError('A checked observation has no category.');
  const value = resolve?.(context);
  if (value === null) return null;
  return {
    ...{ kind: 'observation', category: spec.category, ...base, components: [] },
    ...(value ? { value } : {}),
  };
}
