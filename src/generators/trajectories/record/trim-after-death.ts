import type { Float64Column, Int32Column } from './columns.js';
import type { RecordBuffers } from './record-buffers.js';

interface Dated {
  readonly start: Float64Column;
  keep(isKept: (row: number) => boolean): Int32Array;
}

/**
 * Takes out what began after death: a module may have run on to the end of the step before another found that the person had
 * died within it. What was ended after death was not ended in life; encounters and procedures end with it, also an encounter
 * that its module was still in.
 */
export function trimAfterDeath(record: RecordBuffers, death: number): void {
  const keepLiving = (table: Dated): Int32Array => table.keep((row) => table.start.at(row) <= death);
  const encounters = keepLiving(record.encounters);
  renumber(record.encounters.movedFrom, encounters);
  const { conditions, allergies, medications, carePlans, devices, procedures } = record;
  const lasting = [conditions, medications, carePlans, devices];
  const instants = [record.supplies, record.immunizations];
  const movedReports = keepLiving(record.reports);
  const movedObservations = keepLiving(record.observations);
  const movedAllergies = keepLiving(allergies);
  const movedProcedures = keepLiving(procedures);
  const movedStudies = keepLiving(record.imagingStudies);
  for (const table of [...lasting, ...instants]) keepLiving(table);
  for (const table of [...lasting, ...instants, allergies, procedures, record.imagingStudies])
    renumber(table.encounter, encounters);
  for (const table of [record.reports, record.observations]) renumber(table.encounter, encounters);
  renumber(record.observations.parent, movedObservations);
  renumber(record.observations.report, movedReports);
  renumber(record.imagingStudies.procedure, movedProcedures);
  record.reactions.keep((row) => (movedAllergies[record.reactions.allergy.at(row)] ?? -1) >= 0);
  renumber(record.reactions.allergy, movedAllergies);
  record.imagingInstances.keep((row) => (movedStudies[record.imagingInstances.study.at(row)] ?? -1) >= 0);
  renumber(record.imagingInstances.study, movedStudies);
  for (const { stop } of [...lasting, allergies]) change(stop, (at) => (at > death ? NaN : at));
  const { stop, ended, module } = record.encounters;
  for (let row = 0; row < stop.length; row += 1)
    if (ended.at(row) === 0 && module.at(row) >= 0) stop.set(row, death);
  for (const table of [record.encounters, procedures]) change(table.stop, (at) => Math.min(at, death));
}

function renumber(column: Int32Column, moved: Int32Array): void {
  for (let row = 0; row < column.length; row += 1) column.set(row, moved[column.at(row)] ?? -1);
}

function change(column: Float64Column, by: (value: number) => number): void {
  for (let row = 0; row < column.length; row += 1) column.set(row, by(column.at(row)));
}
