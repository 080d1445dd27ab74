import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PatientRecord } from '../../core/events/patient-record.js';
import { msPerDay } from '../../core/time/units.js';
import type { ReleaseFacts } from '../../exporters/clinical-writer.js';
import { packageRoot } from '../../modules/platform/config/package-root.js';
import { StartRefused } from '../start-refused.js';

/** This program, as releases name it. */
export async function thisProgram(): Promise<ReleaseFacts['generator']> {
  const text = await readFile(join(packageRoot(), 'package.json'), 'utf8');
  const { name, version } = JSON.parse(text) as { name: string; version: string };
  return { name, version };
}

/** @param madeOn the day of the release, in ms since 1970 @throws {StartRefused} when something in the record is later */
export function refuseLater(record: PatientRecord, madeOn: number): void {
  if (lastOf(record) >= madeOn + msPerDay)
    throw new StartRefused(
      'Something in the records is later than the day of the release: give a later --dated.',
    );
}

function lastOf({ person, encounters, events }: PatientRecord): number {
  const ends = [...encounters, ...events].map((item) => ('end' in item ? item.end : item.start).ms);
  return ends.reduce((last, ms) => Math.max(last, ms), person.death?.at.ms ?? person.birth.ms);
}
