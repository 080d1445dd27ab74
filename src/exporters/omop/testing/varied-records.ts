import { readFileSync } from 'node:fs';
import { codeSystemNamed, codeSystems } from '../../../core/events/code-systems.js';
import type { Coded, Value } from '../../../core/events/coded.js';
import { encounterClasses } from '../../../core/events/encounter.js';
import type { Encounter } from '../../../core/events/encounter.js';
import type { Moment } from '../../../core/events/moment.js';
import type { ObservationEvent, PatientEvent } from '../../../core/events/patient-event.js';
import type { PatientRecord } from '../../../core/events/patient-record.js';
import type { Person } from '../../../core/events/person.js';
import { readCsvRecords } from '../../../core/files/read-csv-records.js';
import { Random } from '../../../core/random/random.js';
import { msPerDay } from '../../../core/time/units.js';

const end = Date.UTC(2025, 11, 31);

/** Every code of the shipped vocabulary and of the modules, and some that nobody has. */
function someCodes(): Coded[] {
  const concepts = readFileSync('content/omop/vocabulary/CONCEPT.csv', 'utf8').trimEnd().split('\n').slice(1);
  const shipped = concepts.flatMap((line) => {
    const [, display = '', , vocabulary = '', , , code = ''] = line.split('\t');
    const system = ['SNOMED', 'LOINC', 'RxNorm'].includes(vocabulary)
      ? codeSystemNamed(vocabulary)
      : undefined;
    return system === undefined ? [] : [{ system: system.uri, code, display }];
  });
  const modules = readCsvRecords(readFileSync('content/modules/codes.csv', 'utf8')).map((row) => ({
    system: codeSystemNamed(row['system'] ?? '')?.uri ?? `urn:system:${row['system'] ?? ''}`,
    code: row['code'] ?? '',
    display: row['display'] ?? '',
  }));
  const strange = [
    { system: 'urn:nobody', code: 'has, "all" of\nthem', display: 'x'.repeat(300) },
    { system: codeSystems.snomed.uri, code: `9${'8'.repeat(60)}`, display: 'longer than its field' },
  ];
  return [...shipped, ...modules, ...strange, ...strange];
}

const texts = [
  'plain',
  'has, a comma',
  'has "quotes"',
  'two\nlines',
  'é – 漢字 🙂',
  'x'.repeat(90),
  "o'clock",
  '\\.',
  '',
];

/** Draws lives of every shape that the model allows, with any code in any kind of event. */
class Draws {
  readonly codes = someCodes();

  constructor(readonly random: Random) {}

  chance(probability: number): boolean {
    return this.random.uniform() < probability;
  }

  one<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.random.uniform() * items.length)]!;
  }

  code(): Coded {
    return this.one(this.codes);
  }

  between(from: number, to: number): number {
    return Math.floor(from + this.random.uniform() * Math.max(0, to - from));
  }

  moment(from: number, to: number): Moment {
    const ms = this.between(from, to);
    return this.chance(0.8)
      ? { ms, precision: 'second' }
      : { ms: Math.floor(ms / msPerDay) * msPerDay, precision: 'day' };
  }

  perhaps<Key extends string, Content>(key: Key, content: () => Content): { [name in Key]?: Content } {
    return this.chance(0.5) ? ({ [key]: content() } as { [name in Key]: Content }) : {};
  }
}

export function* variedRecords(count: number, seed = 'varied'): Generator<PatientRecord> {
  const draws = new Draws(Random.fromSeed(seed));
  for (let n = 0; n < count; n += 1) yield variedRecord(draws, n);
}

function variedRecord(draws: Draws, n: number): PatientRecord {
  const person = variedPerson(draws, `v${n}`);
  const until = person.death?.at.ms ?? end;
  const encounters = Array.from({ length: n % 7 === 0 ? 0 : draws.between(1, 12) }, (_, index) =>
    variedEncounter(draws, `v${n}/e${index}`, [person.birth.ms, until]),
  ).sort((left, right) => left.start.ms - right.start.ms);
  const events = Array.from({ length: n % 11 === 0 ? 0 : draws.between(1, 80) }, (_, index) =>
    variedEvent(draws, `v${n}/${index}`, encounters, [person.birth.ms, until]),
  ).sort((left, right) => left.start.ms - right.start.ms);
  return { person, encounters, events };
}

function variedPerson(draws: Draws, key: string): Person {
  const birth = draws.moment(Date.UTC(1930, 0, 1), Date.UTC(2020, 0, 1));
  const ethnic = (): Coded => ({
    system: codeSystems.ethnicCategory.uri,
    code: draws.one(['A', 'D', 'H', 'M', 'S', 'Z']),
  });
  const race = (): Coded => ({
    system: codeSystems.raceEthnicity.uri,
    code: draws.one(['2106-3', '2131-1', 'X']),
  });
  return {
    ...{ key, sex: draws.one(['female', 'male', 'other', 'unknown'] as const), identifiers: [] },
    birth: { ms: birth.ms, precision: draws.one(['year', 'month', 'day', 'second'] as const) },
    ...(draws.chance(0.3)
      ? { death: { at: draws.moment(birth.ms, end), ...draws.perhaps('cause', () => draws.code()) } }
      : {}),
    ...draws.perhaps('ethnicity', () => draws.one([ethnic(), race(), draws.code()])),
    ...draws.perhaps('race', race),
    ...draws.perhaps('practice', () => 'practice'),
    ...draws.perhaps('address', () => ({
      lines: [draws.one(texts), draws.one(texts), draws.one(texts)],
      ...draws.perhaps('city', () => draws.one(texts)),
      ...draws.perhaps('region', () => draws.one(['MA', 'London'])),
      ...draws.perhaps('postcode', () => draws.one(['ZZ99 3AA', '02139-4307'])),
      ...draws.perhaps('county', () => 'A county of a very long name'),
      ...draws.perhaps('area', () => 'E01000001'),
      ...draws.perhaps('country', () => 'GB'),
    })),
  };
}

function variedEncounter(draws: Draws, key: string, [from, to]: readonly [number, number]): Encounter {
  const start = draws.moment(from, to);
  const last = Math.min(to, start.ms + 20 * msPerDay);
  const stay = (index: number): Encounter['stays'][number] => ({
    ...{ key: `${key}/s${index}`, kind: draws.one(['ward', 'intensive-care'] as const), start },
    ...draws.perhaps('end', () => draws.moment(start.ms, last)),
    ...draws.perhaps('location', () => draws.one(['ward', 'icu'])),
  });
  const place = (): Coded => ({ system: codeSystems.nubc.uri, code: draws.one(['01', '20', '99']) });
  return {
    ...{ key, class: draws.one(encounterClasses), start, codes: draws.chance(0.9) ? [draws.code()] : [] },
    ...draws.perhaps('end', () => ({ ...draws.moment(start.ms, last), precision: 'second' as const })),
    ...draws.perhaps('organisation', () => draws.one(['practice', 'hospital'])),
    ...draws.perhaps('practitioner', () => 'clinician'),
    ...draws.perhaps('admittedFrom', place),
    ...draws.perhaps('dischargedTo', place),
    stays: draws.chance(0.3) ? [stay(0), stay(1)] : [],
  };
}

function variedValue(draws: Draws): Value {
  const unit = draws.one(['mg/dL', 'mmol/L', '{score}', 'kg/m2', 'no such unit', '']);
  return draws.one<() => Value>([
    () => ({
      kind: 'quantity',
      quantity: {
        ...{ value: draws.one([0, -1.5, 1e-7, 98.6, 1e9]), unit, isUcum: draws.chance(0.8) },
        ...draws.perhaps('comparator', () => draws.one(['<', '<=', '>=', '>'] as const)),
      },
    }),
    () => ({ kind: 'coded', coded: draws.code() }),
    () => ({ kind: 'text', text: draws.one(texts) }),
    () => ({ kind: 'boolean', boolean: draws.chance(0.5) }),
  ])();
}

function variedEvent(
  draws: Draws,
  key: string,
  encounters: readonly Encounter[],
  [from, to]: readonly [number, number],
): PatientEvent {
  const encounter = encounters.length > 0 && draws.chance(0.8) ? draws.one(encounters) : undefined;
  const start = encounter?.start ?? draws.moment(from, to);
  const codes = draws.chance(0.8) ? [draws.code()] : [draws.code(), draws.code()];
  const event = { key, start, codes, ...(encounter ? { encounter: encounter.key } : {}) };
  const lasting = draws.perhaps('end', () => draws.moment(start.ms, to));
  const reason = draws.perhaps('reason', () => draws.code());
  return draws.one<() => PatientEvent>([
    () => ({ kind: 'condition', ...event, ...lasting }),
    () => variedObservation(draws, event),
    () => variedObservation(draws, event),
    () => variedObservation(draws, event),
    () => ({ kind: 'report', ...event, results: [] }),
    () => ({
      ...{ kind: 'medication-order', ...event, ...lasting, ...reason, isChronic: draws.chance(0.5) },
      ...draws.perhaps('dosage', () => ({
        asNeeded: draws.chance(0.5),
        ...draws.perhaps('refills', () => 3),
      })),
    }),
    () => ({ kind: 'medication-administration', ...event, ...lasting, ...reason }),
    () => ({ kind: 'procedure', ...event, ...lasting, ...reason }),
    () => ({ kind: 'immunisation', ...event, ...draws.perhaps('dose', () => 2) }),
    () => ({ kind: 'device', ...event, ...lasting, ...draws.perhaps('udi', () => '(01)0') }),
    () => ({ kind: 'supply', ...event, quantity: 3 }),
    () => ({ kind: 'care-plan', ...event, ...lasting, activities: [draws.code()] }),
    () => ({ kind: 'note', ...event, text: draws.one(texts.slice(0, -1)) }),
    () => ({
      kind: 'imaging-study',
      ...event,
      ...draws.perhaps('procedure', () => 'p'),
      uid: '2.999',
      series: [],
    }),
    () => ({
      ...{ kind: 'allergy', ...event, ...lasting, type: 'allergy', category: 'food' },
      reactions: [{ manifestation: draws.code() }],
    }),
  ])();
}

function variedObservation(
  draws: Draws,
  event: Pick<ObservationEvent, 'key' | 'start' | 'codes'>,
): ObservationEvent {
  const category = draws.one(['vital-signs', 'laboratory', 'survey', 'social-history', 'exam'] as const);
  if (draws.chance(0.2)) {
    const part = (): ObservationEvent['components'][number] => ({
      codes: [draws.code()],
      value: variedValue(draws),
    });
    return { kind: 'observation', ...event, category, components: [part(), part()] };
  }
  return {
    kind: 'observation',
    ...event,
    category,
    components: [],
    ...draws.perhaps('value', () => variedValue(draws)),
  };
}
