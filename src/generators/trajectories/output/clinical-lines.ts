import { cleanCell, codeCells, systemCell } from './csv-lines.js';
import { deviceIdentifier } from './invented-identifiers.js';
import { providerOf, type Utilisations } from './organisations.js';
import { stopWithin, type PatientContext } from './patient-lines.js';
import { dateOf, momentOf } from './times.js';
import { uuidAt, uuidKinds } from './uuid.js';

export function addAllergies({ patient, window, id, lines, encounter, code }: PatientContext): void {
  const { allergies: rows, reactions } = patient.record;
  const { words, codes } = patient.person.names;
  for (let row = 0; row < rows.count; row += 1) {
    if (!window.hasSpan(rows, row)) continue;
    const first = code(rows.codes.at(row));
    const shown: string[] = [];
    for (let one = 0; one < reactions.count && shown.length < 6; one += 1)
      if (reactions.allergy.at(one) === row)
        shown.push(
          ...codeCells(codes.codeAt(reactions.reaction.at(one))),
          reactions.severity.at(one) < 0 ? '' : cleanCell(words.name(reactions.severity.at(one))),
        );
    const [number, display] = codeCells(first);
    lines.add('allergies', [
      ...[dateOf(rows.start.at(row)), dateOf(stopWithin(rows.stop.at(row), window)), id],
      ...[encounter(rows.encounter.at(row)), number, systemCell(first), display],
      ...[wordCell(words, rows.type.at(row)), wordCell(words, rows.category.at(row))],
      ...shown.concat(Array<string>(6 - shown.length).fill('')),
    ]);
  }
}

export function addMedications({ patient, window, id, lines, encounter, code }: PatientContext): void {
  const rows = patient.record.medications;
  for (let row = 0; row < rows.count; row += 1) {
    if (!window.hasSpan(rows, row)) continue;
    lines.add('medications', [
      ...[momentOf(rows.start.at(row)), momentOf(stopWithin(rows.stop.at(row), window)), id, ''],
      ...[encounter(rows.encounter.at(row)), ...codeCells(code(rows.codes.at(row)))],
      ...['', '', '', '', ...codeCells(code(rows.reason.at(row)))],
    ]);
  }
}

export function addProcedures(context: PatientContext, used: Utilisations): void {
  const { patient, window, id, lines, encounter, code } = context;
  const { procedures: rows, encounters } = patient.record;
  for (let row = 0; row < rows.count; row += 1) {
    if (!window.hasMoment(rows.start.at(row))) continue;
    const first = code(rows.codes.at(row));
    const at = rows.encounter.at(row);
    const own = patient.person.names.encounterClasses.name(encounters.encounterClass.at(at));
    used.count(providerOf(patient, own), { encounters: 0, procedures: 1 });
    lines.add('procedures', [
      ...[momentOf(rows.start.at(row)), momentOf(rows.stop.at(row)), id, encounter(at)],
      ...[systemCell(first), ...codeCells(first), '', ...codeCells(code(rows.reason.at(row)))],
    ]);
  }
}

export function addImmunizations({ patient, window, id, lines, encounter, code }: PatientContext): void {
  const rows = patient.record.immunizations;
  for (let row = 0; row < rows.count; row += 1) {
    if (!window.hasMoment(rows.start.at(row))) continue;
    const what = codeCells(code(rows.codes.at(row)));
    lines.add('immunizations', [
      ...[momentOf(rows.start.at(row)), id, encounter(rows.encounter.at(row)), ...what, ''],
    ]);
  }
}

export function addCarePlans({ patient, window, id, lines, encounter, code }: PatientContext): void {
  const rows = patient.record.carePlans;
  for (let row = 0; row < rows.count; row += 1) {
    if (!window.hasSpan(rows, row)) continue;
    lines.add('careplans', [
      uuidAt(patient.random, uuidKinds.carePlan, row),
      ...[dateOf(rows.start.at(row)), dateOf(stopWithin(rows.stop.at(row), window)), id],
      ...[encounter(rows.encounter.at(row)), ...codeCells(code(rows.codes.at(row)))],
      ...codeCells(code(rows.reason.at(row))),
    ]);
  }
}

export function addDevices({ patient, window, id, lines, encounter, code }: PatientContext): void {
  const rows = patient.record.devices;
  for (let row = 0; row < rows.count; row += 1) {
    if (!window.hasSpan(rows, row)) continue;
    lines.add('devices', [
      ...[momentOf(rows.start.at(row)), momentOf(stopWithin(rows.stop.at(row), window)), id],
      ...[encounter(rows.encounter.at(row)), ...codeCells(code(rows.codes.at(row)))],
      deviceIdentifier(patient, row),
    ]);
  }
}

export function addSupplies({ patient, window, id, lines, encounter, code }: PatientContext): void {
  const rows = patient.record.supplies;
  for (let row = 0; row < rows.count; row += 1) {
    if (!window.hasMoment(rows.start.at(row))) continue;
    lines.add('supplies', [
      ...[dateOf(rows.start.at(row)), id, encounter(rows.encounter.at(row))],
      ...[...codeCells(code(rows.codes.at(row))), rows.quantity.at(row)],
    ]);
  }
}

export function wordCell(words: { name(id: number): string }, word: number): string {
  return word < 0 ? '' : cleanCell(words.name(word));
}
