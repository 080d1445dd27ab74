import * as rows from './rows.js';

/**
 * The record of one person as columns, in the order in which things were written. Exporters read it when the life is
 * over; then it is cleared and serves the next person.
 */
export class RecordBuffers {
  readonly encounters = new rows.EncounterRows();
  readonly conditions = new rows.ConditionRows();
  readonly allergies = new rows.AllergyRows();
  readonly reactions = new rows.ReactionRows();
  readonly medications = new rows.MedicationRows();
  readonly carePlans = new rows.CarePlanRows();
  readonly procedures = new rows.ProcedureRows();
  readonly observations = new rows.ObservationRows();
  readonly reports = new rows.ReportRows();
  readonly imagingStudies = new rows.ImagingStudyRows();
  readonly imagingInstances = new rows.ImagingInstanceRows();
  readonly devices = new rows.DeviceRows();
  readonly supplies = new rows.SupplyRows();
  readonly immunizations = new rows.ImmunizationRows();

  clear(): void {
    for (const table of Object.values(this) as { clear(): void }[]) table.clear();
  }
}
