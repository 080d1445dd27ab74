import { Entry } from './entry.js';
import type { HealthRecord } from './health-record.js';
import type { SpanColumns } from './span-columns.js';

/** When and what: `codes` and `reason` are numbers of lists of codes, `reason` -1 for none. */
export interface Written {
  readonly time: number;
  readonly codes: number;
}

export interface WrittenFor extends Written {
  readonly reason: number;
}

/** The four columns of whatever lasts; it hangs on the encounter of its beginning. @returns its row */
function pushSpan(record: HealthRecord, rows: SpanColumns, { time, codes }: Written, stop = NaN): number {
  const encounter = record.encounters.at(time);
  record.encounters.fill(encounter, Number.isNaN(stop) ? time : stop);
  rows.encounter.push(encounter);
  rows.start.push(time);
  rows.stop.push(stop);
  rows.codes.push(codes);
  return rows.start.length - 1;
}

export function writeCondition(record: HealthRecord, written: Written): Entry {
  return record.start('condition', written.codes, () => pushSpan(record, record.buffers.conditions, written));
}

/** `type` and `category` are `Names.words`, -1 for none. */
export function writeAllergy(
  record: HealthRecord,
  written: Written & { readonly type: number; readonly category: number },
): Entry {
  const rows = record.buffers.allergies;
  return record.start('allergy', written.codes, () => {
    rows.type.push(written.type);
    rows.category.push(written.category);
    return pushSpan(record, rows, written);
  });
}

export interface WrittenMedication extends WrittenFor {
  readonly prescription: number;
  readonly chronic: boolean;
  /** Given there and then: it stops when it starts, unless it is chronic. */
  readonly administered: boolean;
}

export function writeMedication(record: HealthRecord, written: WrittenMedication): Entry {
  const rows = record.buffers.medications;
  const entry = record.start('medication', written.codes, () => {
    rows.reason.push(written.reason);
    rows.prescription.push(written.prescription);
    rows.chronic.push(written.chronic ? 1 : 0);
    rows.administered.push(written.administered ? 1 : 0);
    return pushSpan(record, rows, written, written.administered && !written.chronic ? written.time : NaN);
  });
  if (written.chronic) record.chronic.set(entry.key, entry);
  return entry;
}

/** `activities` is the number of a list of codes, -1 for none. */
export function writeCarePlan(
  record: HealthRecord,
  written: WrittenFor & { readonly activities: number },
): Entry {
  const rows = record.buffers.carePlans;
  return record.start('carePlan', written.codes, () => {
    rows.reason.push(written.reason);
    rows.activities.push(written.activities);
    return pushSpan(record, rows, written);
  });
}

/** A procedure until `stop`; it becomes the present one of its code, also over another, and stays so. */
export function writeProcedure(record: HealthRecord, written: WrittenFor & { readonly stop: number }): Entry {
  const rows = record.buffers.procedures;
  rows.reason.push(written.reason);
  const row = pushSpan(record, rows, written, written.stop);
  const { codes } = written;
  return record.put(new Entry('procedure', row, codes, record.names.codes.keyOfList(codes)));
}

/** `manufacturer` and `model` are `Names.words`, -1 for none. */
export function writeDevice(
  record: HealthRecord,
  written: Written & { readonly manufacturer: number; readonly model: number },
): Entry {
  const rows = record.buffers.devices;
  return record.start('device', written.codes, () => {
    rows.manufacturer.push(written.manufacturer);
    rows.model.push(written.model);
    return pushSpan(record, rows, written);
  });
}

export function writeSupply(record: HealthRecord, written: Written & { readonly quantity: number }): void {
  const rows = record.buffers.supplies;
  rows.encounter.push(record.encounters.at(written.time));
  rows.start.push(written.time);
  rows.codes.push(written.codes);
  rows.quantity.push(written.quantity);
}

/** `dose` is the dose of its series, from 1; 0 where none is kept. @returns the row */
export function writeImmunization(
  record: HealthRecord,
  written: Written & { readonly dose: number },
): number {
  const rows = record.buffers.immunizations;
  rows.encounter.push(record.encounters.at(written.time));
  rows.start.push(written.time);
  rows.codes.push(written.codes);
  rows.dose.push(written.dose);
  return rows.count - 1;
}
