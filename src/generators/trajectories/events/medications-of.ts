import type {
  Dosage,
  ImmunisationEvent,
  MedicationAdministrationEvent,
  MedicationOrderEvent,
  SupplyEvent,
} from '../../../core/events/patient-event.js';
import type { Prescription } from '../compile/prescription.js';
import { baseOf, fromRows, spanOf, type EventContext } from './event-context.js';

/** Orders, and what was given on the spot. */
export function medicationsOf(
  context: EventContext,
): (MedicationOrderEvent | MedicationAdministrationEvent)[] {
  const { patient, window, coder, prescriptions } = context;
  const rows = patient.record.medications;
  return fromRows(
    rows.count,
    (row) => window.hasSpan(rows, row),
    (row) => {
      const reason = coder.reason(rows.reason.at(row));
      if (rows.administered.at(row) === 1)
        return { ...spanOf(context, 'medication-administration', rows, row), ...reason };
      const prescription = prescriptions[rows.prescription.at(row)];
      return {
        ...spanOf(context, 'medication-order', rows, row),
        ...reason,
        isChronic: rows.chronic.at(row) === 1,
        ...(prescription && { dosage: dosageOf(prescription) }),
      };
    },
  );
}

const periodUnits = ['hour', 'day', 'week', 'month', 'year'] as const;

function dosageOf({ asNeeded, refills, dosage }: Prescription): Dosage {
  const more = refills === null ? {} : { refills };
  if (dosage === null) return { asNeeded, ...more };
  const { amount, frequency, period, unit } = dosage;
  const periodUnit = periodUnits.find((one) => unit === one || unit === `${one}s`);
  if (periodUnit === undefined) return { asNeeded, amount, ...more };
  return { asNeeded, amount, frequency, period, periodUnit, ...more };
}

export function immunisationsOf(context: EventContext): ImmunisationEvent[] {
  const rows = context.patient.record.immunizations;
  return fromRows(
    rows.count,
    (row) => context.window.hasMoment(rows.start.at(row)),
    (row) => {
      const dose = rows.dose.at(row);
      return { ...baseOf(context, 'immunisation', rows, row), ...(dose > 0 && { dose }) };
    },
  );
}

export function suppliesOf(context: EventContext): SupplyEvent[] {
  const rows = context.patient.record.supplies;
  return fromRows(
    rows.count,
    (row) => context.window.hasMoment(rows.start.at(row)),
    (row) => ({ ...baseOf(context, 'supply', rows, row), quantity: rows.quantity.at(row) }),
  );
}
