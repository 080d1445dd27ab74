import type { Directory } from '../directory.js';
import type { PatientRecord } from '../patient-record.js';
import json from './record.json' with { type: 'json' };

const example = json as { readonly record: PatientRecord; readonly directory: Directory };

/** What {@link aRecord} refers to. */
export const aDirectory: Directory = example.directory;

/** A record with one event of every kind and every kind of value; the keys are those of person `n`. */
export function aRecord(n = 1): PatientRecord {
  return JSON.parse(JSON.stringify(example.record).replaceAll('"p1', `"p${n}`)) as PatientRecord;
}
