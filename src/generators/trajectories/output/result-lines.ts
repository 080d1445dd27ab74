import { observationKinds } from '../record/rows.js';
import { wordCell } from './clinical-lines.js';
import { cleanCell, codeCells } from './csv-lines.js';
import { studyUid } from './invented-identifiers.js';
import type { PatientContext } from './patient-lines.js';
import { momentOf } from './times.js';
import { uuidAt, uuidKinds } from './uuid.js';

/** Observations with a value; a group is written as its members. */
export function addObservations({ patient, window, id, lines, encounter, code }: PatientContext): void {
  const rows = patient.record.observations;
  const { words, codes } = patient.person.names;
  for (let row = 0; row < rows.count; row += 1) {
    const kind = rows.kind.at(row);
    if (kind === observationKinds.none || kind === observationKinds.group) continue;
    if (!window.hasMoment(rows.start.at(row))) continue;
    const isNumber = kind === observationKinds.number;
    const value = isNumber
      ? rows.number.at(row).toFixed(1)
      : kind === observationKinds.code
        ? codes.codeAt(rows.code.at(row)).display
        : (rows.text.at(row) ?? '');
    lines.add('observations', [
      ...[momentOf(rows.start.at(row)), id, encounter(rows.encounter.at(row))],
      ...[wordCell(words, rows.category.at(row)), ...codeCells(code(rows.codes.at(row)))],
      ...[isNumber ? value : cleanCell(value), wordCell(words, rows.unit.at(row))],
      isNumber ? 'numeric' : 'text',
    ]);
  }
}

/** One line for each instance. */
export function addImagingStudies({ patient, window, id, lines, encounter, code }: PatientContext): void {
  const { imagingStudies: studies, imagingInstances: instances, procedures } = patient.record;
  const { codes } = patient.person.names;
  const seriesSeen = new Map<number, number>();
  for (let row = 0; row < instances.count; row += 1) {
    const study = instances.study.at(row);
    if (!window.hasMoment(studies.start.at(study))) continue;
    const number = (seriesSeen.get(study) ?? 0) + 1;
    seriesSeen.set(study, number);
    const series = `${studyUid(patient, study)}.${instances.series.at(row)}`;
    lines.add('imaging_studies', [
      uuidAt(patient.random, uuidKinds.imagingStudy, study),
      ...[momentOf(studies.start.at(study)), id, encounter(studies.encounter.at(study)), series],
      ...codeCells(codes.codeAt(instances.bodySite.at(row))),
      ...codeCells(codes.codeAt(instances.modality.at(row))),
      ...[`${series}.${number}`, ...codeCells(codes.codeAt(instances.sopClass.at(row)))],
      code(procedures.codes.at(studies.procedure.at(study)))?.code ?? '',
    ]);
  }
}
