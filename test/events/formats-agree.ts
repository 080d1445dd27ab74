import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PatientRecord } from '../../src/core/events/patient-record.js';
import { readCsvRecords } from '../../src/core/files/read-csv-records.js';
import { countsByKind } from './laws-of-records.js';

type Row = Readonly<Record<string, string>>;

interface Resource {
  readonly resourceType: string;
  readonly id: string;
  readonly birthDate?: string;
  readonly deceasedDateTime?: string;
  readonly component?: readonly unknown[];
  readonly location?: readonly unknown[];
}

/** A release as one format has it. */
interface Said {
  /** Birth and death of each person, in the order of the release. */
  readonly lives: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  /** References to what is not there. */
  readonly dangling: readonly string[];
}

/** What the formats of one simulated release do not agree on, in sentences; none where all is well. */
export function disagreements(folder: string): string[] {
  const records = readRecords(folder);
  const formats = { csv: readCsv(folder), omop: readOmop(folder), fhir: readFhir(folder) };
  return Object.entries(formats).flatMap(([format, { lives, counts, dangling }]) => [
    ...dangling.map((one) => `${format}: there is no ${one}`),
    ...(lives.join() === records.lives.join() ? [] : [`${format}: births or deaths differ`]),
    ...Object.entries(counts)
      .filter(([kind, count]) => count !== (records.counts[kind] ?? 0))
      .map(([kind, count]) => `${format}: ${count} of ${kind}, not ${records.counts[kind] ?? 0}`),
  ]);
}

/** Counts of events, of persons, encounters and stays; `place` counts an admission once for each of its stays. */
function readRecords(folder: string): Said {
  const records = linesOf<PatientRecord>(join(folder, 'persons-synthetic.ndjson'));
  const { encounter: place = 0, ...kinds } = countsByKind(records);
  const { 'medication-order': orders = 0, 'medication-administration': given = 0 } = kinds;
  const encounters = records.flatMap((record) => record.encounters);
  const stay = encounters.reduce((sum, { stays }) => sum + stays.length, 0);
  const causes = records.filter(hasUnsaidCause).length;
  return {
    lives: records.map(({ person }) => life(dayText(person.birth.ms), dayText(person.death?.at.ms))),
    counts: {
      ...kinds,
      ...{ medication: orders + given, 'observation or cause': (kinds['observation'] ?? 0) + causes },
      ...{ event: records.reduce((sum, { events }) => sum + events.length, 0) },
      ...{ person: records.length, encounter: encounters.length, stay, place },
    },
    dangling: [],
  };
}

const causeOfDeathCode = '69453-9';

/** A cause of death that is no observation of the record is one of FHIR's. */
function hasUnsaidCause({ person, events }: PatientRecord): boolean {
  const isSaid = events.some(({ codes }) => codes.some(({ code }) => code === causeOfDeathCode));
  return person.death?.cause !== undefined && !isSaid;
}

const csvKinds: Readonly<Record<string, string>> = {
  ...{ conditions: 'condition', allergies: 'allergy', procedures: 'procedure', devices: 'device' },
  ...{ observations: 'observation', immunizations: 'immunisation', careplans: 'care-plan' },
  ...{ supplies: 'supply', medications: 'medication' },
};

function readCsv(folder: string): Said {
  const read = (table: string): Row[] => rowsOf(join(folder, `${table}-synthetic.csv`));
  const [patients, encounters] = [read('patients'), read('encounters')];
  const tables = Object.entries(csvKinds).map(([table, kind]) => [kind, read(table)] as const);
  const events = tables.flatMap(([, rows]) => rows);
  return {
    lives: patients.map((row) => life(row['BIRTHDATE'], row['DEATHDATE'])),
    counts: {
      ...Object.fromEntries(tables.map(([kind, rows]) => [kind, rows.length])),
      ...{ person: patients.length, place: encounters.length },
      stay: encounters.filter((row) => row['ENCOUNTERCLASS'] === 'inpatient').length,
    },
    dangling: [
      ...missing(events, 'ENCOUNTER', encounters, 'Id'),
      ...missing([...events, ...encounters], 'PATIENT', patients, 'Id'),
      ...missing(encounters, 'ORGANIZATION', read('organizations'), 'Id'),
      ...missing(encounters, 'PROVIDER', read('providers'), 'Id'),
    ],
  };
}

const omopKeys = {
  ...{ person_id: 'PERSON', visit_occurrence_id: 'VISIT_OCCURRENCE', visit_detail_id: 'VISIT_DETAIL' },
  ...{ provider_id: 'PROVIDER', care_site_id: 'CARE_SITE', location_id: 'LOCATION' },
} as const;

interface Coverage {
  readonly events: Readonly<Record<string, { readonly events: number; readonly rows: number }>>;
}

/** Tables that events become rows of. */
const omopEventTables = [
  ...['CONDITION_OCCURRENCE', 'DRUG_EXPOSURE', 'PROCEDURE_OCCURRENCE', 'DEVICE_EXPOSURE'],
  ...['MEASUREMENT', 'OBSERVATION', 'NOTE', 'SPECIMEN'],
];

/** The tables of the vocabulary, which name no persons. */
const vocabularyTables =
  /^(CONCEPT|VOCABULARY|DOMAIN|RELATIONSHIP|DRUG_STRENGTH|SOURCE_TO_CONCEPT|CDM_SOURCE)/;

function readOmop(folder: string): Said {
  const tables = new Map(
    readdirSync(join(folder, 'omop'))
      .filter((name) => name.endsWith('.csv') && !vocabularyTables.test(name))
      .map((name) => [name.slice(0, -4), rowsOf(join(folder, 'omop', name))]),
  );
  const read = (table: string): readonly Row[] => tables.get(table) ?? [];
  const deaths = new Map(read('DEATH').map((row) => [row['person_id'], row['death_date']]));
  const coverage = JSON.parse(
    readFileSync(join(folder, 'omop', 'mapping-coverage.json'), 'utf8'),
  ) as Coverage;
  const events = Object.values(coverage.events);
  const rows = omopEventTables.reduce((sum, table) => sum + read(table).length, 0);
  const [claimed, taken] = [
    events.reduce((sum, one) => sum + one.rows, 0),
    events.reduce((sum, one) => sum + one.events, 0),
  ];
  return {
    lives: read('PERSON').map((row) => {
      return life(row['birth_datetime']?.slice(0, 10), deaths.get(row['person_id']));
    }),
    counts: {
      ...{ person: read('PERSON').length, encounter: read('VISIT_OCCURRENCE').length },
      ...{ stay: read('VISIT_DETAIL').length, event: taken },
    },
    dangling: [
      ...Object.entries(omopKeys).flatMap(([key, table]) =>
        [...tables.values()].flatMap((one) => missing(one, key, read(table), key)),
      ),
      ...(rows === claimed ? [] : [`row for each of the ${claimed} that events became: ${rows}`]),
    ],
  };
}

const fhirKinds: Readonly<Record<string, string>> = {
  ...{ Condition: 'condition', AllergyIntolerance: 'allergy', Procedure: 'procedure' },
  ...{ Observation: 'observation or cause', Immunization: 'immunisation', CarePlan: 'care-plan' },
  ...{ SupplyDelivery: 'supply', MedicationRequest: 'medication-order', DiagnosticReport: 'report' },
  ...{ MedicationAdministration: 'medication-administration', ImagingStudy: 'imaging-study' },
  ...{ Patient: 'person', Encounter: 'encounter', DeviceUseStatement: 'device' },
};

function readFhir(folder: string): Said {
  const names = readdirSync(join(folder, 'fhir')).filter((name) => name.endsWith('.ndjson'));
  const resources = names.flatMap((name) => linesOf<Resource>(join(folder, 'fhir', name)));
  const ids = new Set(resources.map(({ resourceType, id }) => `${resourceType}/${id}`));
  const ofType = (type: string): Resource[] => resources.filter((one) => one.resourceType === type);
  const size = ({ component }: Resource): number => Math.max(1, component?.length ?? 0);
  const named = resources.flatMap((one) => [
    ...JSON.stringify(one).matchAll(/"reference":"([A-Z][A-Za-z]+\/[^"]+)"/g),
  ]);
  return {
    lives: ofType('Patient').map((one) => life(one.birthDate, one.deceasedDateTime?.slice(0, 10))),
    counts: {
      ...Object.fromEntries(
        Object.entries(fhirKinds).map(([type, kind]) => [
          kind,
          ofType(type).reduce((sum, one) => sum + size(one), 0),
        ]),
      ),
      stay: ofType('Encounter').reduce((sum, one) => sum + (one.location?.length ?? 0), 0),
    },
    dangling: [
      ...named.map(([, reference = '']) => reference).filter((reference) => !ids.has(reference)),
      ...(ids.size === resources.length ? [] : ['second resource with an id']),
    ],
  };
}

const life = (birth: string | undefined, death: string | undefined): string => `${birth}-${death ?? ''}`;

const dayText = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : new Date(ms).toISOString().slice(0, 10);

const rowsOf = (path: string): Row[] => readCsvRecords(readFileSync(path, 'utf8'));

function linesOf<Line>(path: string): Line[] {
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

/** What rows name in a column and others do not have. */
function missing(rows: readonly Row[], column: string, others: readonly Row[], key: string): string[] {
  const known = new Set(others.map((row) => row[key]));
  return rows
    .map((row) => row[column] ?? '')
    .filter((value) => value !== '' && !known.has(value))
    .map((value) => `${key} ${value}`);
}
