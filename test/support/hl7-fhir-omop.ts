import type { Coded } from '../../src/core/events/coded.js';
import type { AnyResource } from '../../src/exporters/fhir/testing/read-release.js';

/**
 * The rules of HL7's FHIR to OMOP guide (1.0.0, R4 maps of github.com/HL7/fhir-omop-ig), as far as they say which row a resource becomes:
 * table, person, day, coded concept and value. Ids, type concepts and source values are left out.
 */
export interface MappedRow {
  readonly table: string;
  /** Id of the Patient. */
  readonly patient: string;
  /** yyyy-mm-dd. */
  readonly day: string;
  /** Of the coded concept; the guide has it translated by a terminology. */
  readonly codes: readonly Coded[];
  readonly value: number | null;
  readonly end: string | null;
}

interface Codeable {
  readonly coding?: readonly { readonly system?: string; readonly code?: string }[];
}
interface Part {
  readonly code?: Codeable;
  readonly valueQuantity?: { readonly value?: number; readonly comparator?: string };
}
type Clinical = AnyResource &
  Part & {
    readonly subject?: { readonly reference: string };
    readonly patient?: { readonly reference: string };
    readonly category?: readonly Codeable[];
    readonly component?: readonly Part[];
    readonly medicationCodeableConcept?: Codeable;
    readonly vaccineCode?: Codeable;
    readonly onsetDateTime?: string;
    readonly effectiveDateTime?: string;
    readonly authoredOn?: string;
    readonly performedDateTime?: string;
    readonly performedPeriod?: { readonly start: string; readonly end?: string };
    readonly occurrenceDateTime?: string;
    readonly abatementDateTime?: string;
    readonly class?: { readonly code?: string };
    readonly period?: { readonly start: string; readonly end?: string };
  };

const dayOf = (moment: string | undefined): string => (moment ?? '').slice(0, 10);
const codesOf = (concept: Codeable | undefined): Coded[] =>
  (concept?.coding ?? []).map(({ system = '', code = '' }) => ({ system, code }));
/** ObservationMap takes the other categories. */
const measured = ['vital-signs', 'laboratory'];

/** The rows of one resource; none for a type that the guide has no map for, or none that this release has. */
export function rowsByGuide(resource: AnyResource): MappedRow[] {
  const found = resource as Clinical;
  const patient = (found.subject ?? found.patient)?.reference.replace('Patient/', '') ?? '';
  const row = (
    table: string,
    concept: Codeable | undefined,
    start: string | undefined,
    end?: string,
  ): MappedRow => ({
    ...{ table, patient, day: dayOf(start), codes: codesOf(concept), value: null },
    end: end === undefined ? null : dayOf(end),
  });
  switch (resource.resourceType) {
    case 'Condition':
      return [row('condition_occurrence', found.code, found.onsetDateTime, found.abatementDateTime)];
    case 'MedicationRequest':
      return [row('drug_exposure', found.medicationCodeableConcept, found.authoredOn)];
    case 'Immunization':
      return [row('drug_exposure', found.vaccineCode, found.occurrenceDateTime, found.occurrenceDateTime)];
    case 'Procedure':
      return [
        row('procedure_occurrence', found.code, found.performedDateTime ?? found.performedPeriod?.start),
      ];
    case 'Observation':
      return findings(found, (part) => row(tableOfFinding(found), part.code, found.effectiveDateTime));
    default:
      return [];
  }
}

/** The maps of blood pressure make a row of each component; those of others one of the whole. */
function findings(found: Clinical, rowOf: (part: Part) => MappedRow): MappedRow[] {
  return (found.component ?? [found]).map((part) => ({
    ...rowOf(part),
    value: part.valueQuantity?.value ?? null,
  }));
}

function tableOfFinding({ category }: Clinical): string {
  const codes = category?.flatMap(codesOf).map(({ code }) => code) ?? [];
  return codes.some((code) => measured.includes(code)) ? 'measurement' : 'observation';
}

/** EncounterVisitMapR4 with the concept map EncounterClass. */
const visitOfClass: Readonly<Record<string, number>> = {
  ...{ AMB: 9202, EMER: 9203, HH: 581476, IMP: 9201, OBSENC: 262, VR: 722455 },
};

export interface MappedVisit {
  readonly patient: string;
  readonly start: string;
  /** Null where the guide gives none. */
  readonly end: string | null;
  /** Null where the concept map has none. */
  readonly concept: number | null;
}

export function visitByGuide(resource: AnyResource): MappedVisit {
  const { subject, period, class: visitClass } = resource as Clinical;
  return {
    patient: subject?.reference.replace('Patient/', '') ?? '',
    start: dayOf(period?.start),
    end: period?.end === undefined ? null : dayOf(period.end),
    concept: visitOfClass[visitClass?.code ?? ''] ?? null,
  };
}

/** PersonMapR4: the administrative gender and the parts of the day of birth that are known. */
export function personByGuide(resource: AnyResource): object {
  const { gender, birthDate = '' } = resource as { gender?: string; birthDate?: string };
  const genders: Readonly<Record<string, string>> = { male: '8507', female: '8532' };
  const [year = '', month = '', day = ''] = birthDate.split('-');
  const number = (text: string): string => (text === '' ? '' : String(Number(text)));
  return {
    ...{ gender: genders[gender ?? ''] ?? '0', year: number(year), month: number(month), day: number(day) },
  };
}
