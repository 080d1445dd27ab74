import type { Coded } from '../../../core/events/coded.js';
import type { Moment } from '../../../core/events/moment.js';
import type { PatientEvent } from '../../../core/events/patient-event.js';
import type { PatientRecord } from '../../../core/events/patient-record.js';
import type { Person } from '../../../core/events/person.js';

export const somebody: Person = {
  ...{ key: 'p', sex: 'male', identifiers: [] },
  birth: { ms: Date.UTC(1980, 1, 3), precision: 'day' },
};

export const someTime: Moment = { ms: Date.parse('2024-05-01T09:00:00Z'), precision: 'second' };

export function snomed(code: string): Coded {
  return { system: 'http://snomed.info/sct', code };
}

/** The record of {@link somebody} with these events. */
export function aLife(events: readonly PatientEvent[], more: Partial<PatientRecord> = {}): PatientRecord {
  return { person: somebody, encounters: [], events, ...more };
}
