import type { Coded, Quantity, Value } from '../../events/coded.js';
import type { Encounter, EncounterClass, Stay } from '../../events/encounter.js';
import type { ObservationEvent, PatientEvent } from '../../events/patient-event.js';
import { codeOfConcept, conceptUrn, unitOf } from './concept-code.js';
import { eventTables } from './event-tables.js';
import type { EventTable, EventTableName } from './event-tables.js';
import type { ReadRow } from './person-rows.js';
import { conceptIn, momentIn, textIn } from './read-person.js';

/** The name of a code that the source wrote and nobody mapped. */
const sourceValueUrn = 'urn:omop:source-value';

/** The codes of a row: the standard concept, the source's own where it is another; else what the source wrote. */
function codesIn(row: ReadRow, { concept, sourceConcept }: EventTable): Coded[] {
  const standard = codeOfConcept(conceptIn(row, concept));
  const own = codeOfConcept(conceptIn(row, sourceConcept));
  const codes = [standard, own].filter((code) => code !== undefined);
  const isSame = standard?.system === own?.system && standard?.code === own?.code;
  if (codes.length > 0) return isSame ? codes.slice(0, 1) : codes;
  const source = textIn(row, 'source');
  return [source === null ? { system: conceptUrn, code: '0' } : { system: sourceValueUrn, code: source }];
}

const visitClasses: Readonly<Record<string, EncounterClass>> = {
  ...{ '9201': 'inpatient', '262': 'inpatient', '8717': 'inpatient', '32037': 'inpatient' },
  ...{ '8883': 'inpatient', '9203': 'emergency', '8870': 'emergency', '8782': 'urgent-care' },
  ...{ '9202': 'outpatient', '581476': 'home', '8536': 'home', '8546': 'hospice' },
  ...{ '42898160': 'nursing-facility', '8863': 'nursing-facility', '8676': 'nursing-facility' },
  ...{ '5083': 'virtual', '722455': 'virtual' },
};
const intensiveCare = '32037';

export function readEncounter(row: ReadRow, key: string, stays: readonly Stay[]): Encounter | null {
  const start = momentIn(row, 'start');
  if (start === undefined) return null;
  const end = momentIn(row, 'end');
  const admittedFrom = codeOfConcept(conceptIn(row, 'admitted_from_concept_id'));
  const dischargedTo = codeOfConcept(conceptIn(row, 'discharged_to_concept_id'));
  return {
    key,
    class: visitClasses[textIn(row, 'visit_concept_id') ?? ''] ?? 'ambulatory',
    start,
    ...(end === undefined ? {} : { end }),
    codes: codesIn(row, eventTables.visit),
    ...(admittedFrom === undefined ? {} : { admittedFrom }),
    ...(dischargedTo === undefined ? {} : { dischargedTo }),
    stays,
  };
}

export function readStay(row: ReadRow, key: string): Stay | null {
  const start = momentIn(row, 'start');
  const end = momentIn(row, 'end');
  if (start === undefined) return null;
  const kind = row['visit_detail_concept_id'] === intensiveCare ? 'intensive-care' : 'ward';
  return { key, kind, start, ...(end === undefined ? {} : { end }) };
}

/** Given by a professional: EHR administration, and two older concepts for it. */
const administrationTypes = new Set(['32818', '38000179', '38000180']);

/** @param encounter the key of the encounter in the same record */
export function readEvent(
  kind: Exclude<EventTableName, 'visit' | 'stay'>,
  row: ReadRow,
  { key, encounter }: { key: string; encounter: string | undefined },
): PatientEvent | null {
  const start = momentIn(row, 'start');
  const end = momentIn(row, 'end');
  if (start === undefined) return null;
  const shared = {
    key,
    start,
    codes: codesIn(row, eventTables[kind]),
    ...(encounter === undefined ? {} : { encounter }),
  };
  const lasting = { ...shared, ...(end === undefined ? {} : { end }) };
  switch (kind) {
    case 'condition':
    case 'procedure':
    case 'device':
      return { ...lasting, kind };
    case 'drug':
      return readDrug(row, shared, lasting);
    case 'measurement':
    case 'observation':
      return { ...shared, ...readFinding(kind, row), kind: 'observation', components: [] };
  }
}

type Shared = Pick<ObservationEvent, 'key' | 'start' | 'codes' | 'encounter'>;

function readDrug(row: ReadRow, shared: Shared, lasting: Shared): PatientEvent {
  if (row['drug_concept_id vocabulary'] === 'CVX') return { ...shared, kind: 'immunisation' };
  if (administrationTypes.has(textIn(row, 'drug_type_concept_id') ?? ''))
    return { ...lasting, kind: 'medication-administration' };
  const refills = row['refills'];
  const dosage = typeof refills === 'number' ? { dosage: { asNeeded: false, refills } } : {};
  return { ...lasting, kind: 'medication-order', isChronic: false, ...dosage };
}

/** Heart rate, blood pressures, breathing, temperature, oxygen, weight, height and body mass, in LOINC. */
const vitalSigns = new Set([
  ...['8867-4', '8480-6', '8462-4', '85354-9', '9279-1', '8310-5', '59408-5', '2708-6'],
  ...['29463-7', '8302-2', '39156-5'],
]);

function readFinding(
  kind: 'measurement' | 'observation',
  row: ReadRow,
): Pick<ObservationEvent, 'category' | 'value'> {
  const { vocabulary, code } = conceptIn(row, `${kind}_concept_id`);
  const isLoinc = vocabulary === 'LOINC';
  const value = valueIn(row);
  const category =
    kind === 'measurement'
      ? isLoinc && vitalSigns.has(code ?? '')
        ? 'vital-signs'
        : 'laboratory'
      : isLoinc
        ? 'survey'
        : 'social-history';
  return { category, ...(value === undefined ? {} : { value }) };
}

const comparators: Readonly<Record<string, NonNullable<Quantity['comparator']>>> = {
  ...{ '4171756': '<', '4171754': '<=', '4171755': '>=', '4172704': '>' },
};

function valueIn(row: ReadRow): Value | undefined {
  const number = row['value_as_number'];
  if (typeof number === 'number') {
    const unit = unitOf(conceptIn(row, 'unit_concept_id'), textIn(row, 'unit_source_value'));
    const comparator = comparators[textIn(row, 'operator_concept_id') ?? ''];
    return {
      kind: 'quantity',
      quantity: { value: number, ...unit, ...(comparator === undefined ? {} : { comparator }) },
    };
  }
  const coded = codeOfConcept(conceptIn(row, 'value_as_concept_id'));
  if (coded !== undefined) return { kind: 'coded', coded };
  const text = textIn(row, 'value_as_string');
  return text === null ? undefined : { kind: 'text', text };
}
