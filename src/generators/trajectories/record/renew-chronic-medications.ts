import type { HealthRecord } from './health-record.js';
import { writeMedication } from './write-entries.js';

/** Ends all chronic medications and orders them again: what a visit does for them. */
export function renewChronicMedications(record: HealthRecord, time: number): void {
  const { reason, prescription, administered } = record.buffers.medications;
  for (const old of [...record.chronic.values()]) {
    record.end(old.key, time);
    const renewed = writeMedication(record, {
      time,
      codes: old.codes,
      reason: reason.at(old.row),
      prescription: prescription.at(old.row),
      chronic: true,
      administered: administered.at(old.row) === 1,
    });
    renewed.state = old.state;
  }
}
