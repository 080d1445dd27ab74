import type { Patient } from '../population/population.js';
import {
  addAllergies,
  addCarePlans,
  addDevices,
  addImmunizations,
  addMedications,
  addProcedures,
  addSupplies,
} from './clinical-lines.js';
import type { CsvLines } from './csv-lines.js';
import type { ExportSpan } from './export-window.js';
import type { Utilisations } from './organisations.js';
import { addConditions, addEncounters, addPatient, contextOf } from './patient-lines.js';
import { addImagingStudies, addObservations } from './result-lines.js';

/**
 * Writes one life in Synthea(TM)'s layout. Costs and payers are not simulated: their cells are empty, and the files of
 * payers and claims have a header alone.
 */
export function writePatient(
  patient: Patient,
  to: {
    readonly lines: CsvLines;
    readonly used: Utilisations;
    readonly span: ExportSpan;
    readonly country: string;
  },
): void {
  const context = contextOf(patient, to);
  addPatient(context);
  addEncounters(context, to.used);
  addConditions(context);
  addAllergies(context);
  addMedications(context);
  addProcedures(context, to.used);
  addObservations(context);
  addImmunizations(context);
  addCarePlans(context);
  addImagingStudies(context);
  addDevices(context);
  addSupplies(context);
}
