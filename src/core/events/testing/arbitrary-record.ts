import fc from 'fast-check';
import { encounterClasses, type Encounter } from '../encounter.js';
import type { PatientEvent } from '../patient-event.js';
import type { PatientRecord } from '../patient-record.js';
import type { Person } from '../person.js';
import { aDirectory } from './a-record.js';
import { drawnEvent, type DrawnEvent } from './arbitrary-events.js';
import { codes, maybe, reason, span, start, text, without, type Span } from './arbitrary-parts.js';

// Records of every shape that the model allows and that makes sense: ends after starts, references that resolve (also to
// `aDirectory`), texts that are not empty. Codes are not those of real vocabularies.

const stay = fc.record({
  kind: fc.constantFrom('ward' as const, 'intensive-care' as const),
  span,
  location: maybe(fc.constantFrom(...aDirectory.locations.map(({ key }) => key))),
});
const encounter = fc.record({
  class: fc.constantFrom(...encounterClasses),
  span,
  codes: fc.oneof(codes, fc.constant([])),
  reason,
  organisation: maybe(fc.constantFrom(...aDirectory.organisations.map(({ key }) => key))),
  practitioner: maybe(fc.constantFrom(...aDirectory.practitioners.map(({ key }) => key))),
  admittedFrom: reason,
  dischargedTo: reason,
  stays: fc.array(stay, { maxLength: 2 }),
});

/** Numbers of the range that is never issued, with their check digits. */
const nhsNumber = fc.constantFrom('9990000018', '9990000026', '9990000034', '9990000042');

const person: fc.Arbitrary<Omit<Person, 'key'>> = fc
  .record({
    sex: fc.constantFrom('female' as const, 'male' as const, 'other' as const, 'unknown' as const),
    birth: start,
    death: maybe(
      fc.record({ at: start, cause: reason }).map((death) => without<NonNullable<Person['death']>>(death)),
    ),
    ethnicity: reason,
    race: reason,
    language: reason,
    maritalStatus: reason,
    name: maybe(
      fc
        .record({ family: text, given: fc.array(text, { maxLength: 2 }), prefix: maybe(text) })
        .map((name) => without<NonNullable<Person['name']>>(name)),
    ),
    address: maybe(
      fc
        .record({
          lines: fc.array(text, { maxLength: 2 }),
          city: maybe(text),
          county: maybe(text),
          region: maybe(text),
          postcode: maybe(fc.constant('ZZ99 3AA')),
          country: maybe(fc.constantFrom('GB', 'US')),
          area: maybe(fc.constant('E01000001')),
        })
        .map((address) => without<NonNullable<Person['address']>>(address)),
    ),
    telephone: maybe(fc.constant('01632 960001')),
    identifiers: maybe(nhsNumber).map((number) =>
      number === undefined ? [] : [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: number }],
    ),
    practice: maybe(fc.constant('practice')),
  })
  .map((drawn) => without<Omit<Person, 'key'>>(drawn));

/** A record that refers to `aDirectory`; its person has the key that is given, which begins all others. */
export function arbitraryRecord(key = 'p1'): fc.Arbitrary<PatientRecord> {
  return fc
    .record({
      person,
      encounters: fc.array(encounter, { maxLength: 3 }),
      events: fc.array(drawnEvent, { maxLength: 12 }),
    })
    .map((drawn) => {
      const encounters = drawn.encounters
        .map(({ span: { start: began, end }, stays, ...rest }, place) =>
          without<Encounter>({
            ...rest,
            key: `${key}/e${place}`,
            start: began,
            end,
            stays: stays.map(({ span: stayed, ...other }, number) =>
              without({ ...other, key: `${key}/e${place}/s${number}`, ...stayed }),
            ) as Encounter['stays'],
          }),
        )
        .sort((left, right) => left.start.ms - right.start.ms);
      const events = eventsOf(drawn.events, encounters, key);
      return { person: { ...drawn.person, key }, encounters, events };
    });
}

function eventsOf(
  drawn: readonly DrawnEvent[],
  encounters: readonly Encounter[],
  person: string,
): PatientEvent[] {
  const keysOf = (kind: string): string[] =>
    drawn.flatMap(({ shape }, place) => (shape.kind === kind ? [`${person}/v${place}`] : []));
  const pick = (keys: readonly string[], at: number): string | undefined =>
    keys[at % Math.max(1, keys.length)];
  return drawn
    .map(({ shape, codes: own, at, isIn }, place) => {
      const { span: lasting, ...rest } = shape as typeof shape & { span?: Span };
      const refers: Record<string, unknown> = {};
      if (shape.kind === 'report')
        refers['results'] = isIn ? keysOf('observation').slice(0, 1 + (at % 3)) : [];
      if (shape.kind === 'imaging-study' && isIn) refers['procedure'] = pick(keysOf('procedure'), at);
      const where = isIn
        ? pick(
            encounters.map(({ key }) => key),
            at,
          )
        : undefined;
      const event: Record<string, unknown> = {
        ...rest,
        ...lasting,
        ...refers,
        key: `${person}/v${place}`,
        codes: own,
        encounter: where,
      };
      return without<Record<string, unknown>>(event) as unknown as PatientEvent;
    })
    .sort((left, right) => left.start.ms - right.start.ms);
}
