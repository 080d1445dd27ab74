import type { Dosage, MedicationOrderEvent } from '../../../core/events/patient-event.js';
import type { Moment } from '../../../core/events/moment.js';
import { msPerDay } from '../../../core/time/units.js';
import type { DrugCells } from './happening.js';
import { dayOf } from './life.js';

/** What one prescription is good for where nobody says: OHDSI's convention for an unknown supply. */
const supplyDays = 30;
const supplyDaysMax = 365;

/**
 * When an order ended: when it was ended; else, for long-term medication, when the record ends; else after 30 days, and 30
 * more for each refill, but not after the end of the record.
 */
export function orderCells(event: MedicationOrderEvent, until: number): DrugCells {
  const { start, dosage } = event;
  const end = event.end ?? inferredEnd(event, until);
  const days = dayOf(end.ms) - dayOf(start.ms) + 1;
  return {
    end,
    verbatimEnd: event.end?.ms ?? null,
    refills: dosage?.refills ?? null,
    daysSupply: days >= 1 && days <= supplyDaysMax ? days : null,
    sig: dosage ? sigOf(dosage) : null,
  };
}

function inferredEnd({ start, isChronic, dosage }: MedicationOrderEvent, until: number): Moment {
  const supplied = start.ms + (supplyDays * (1 + (dosage?.refills ?? 0)) - 1) * msPerDay;
  const ms = isChronic ? until : Math.min(supplied, until);
  return { ms: Math.max(ms, start.ms), precision: 'day' };
}

/** Something given on the spot ends as it begins, unless it is known to take longer. */
export function administrationCells(start: Moment, end: Moment | undefined, dose?: number): DrugCells {
  return {
    end: end ?? start,
    verbatimEnd: end?.ms ?? null,
    refills: null,
    daysSupply: null,
    sig: dose === undefined ? null : `dose ${dose}`,
  };
}

function sigOf({ asNeeded, amount, frequency, period, periodUnit }: Dosage): string | null {
  const parts = [
    amount === undefined ? '' : `${amount} at a time`,
    frequency === undefined ? '' : `${frequency} x`,
    period === undefined || periodUnit === undefined ? '' : `every ${period} ${periodUnit}`,
    asNeeded ? 'as needed' : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : parts.join(' ');
}
