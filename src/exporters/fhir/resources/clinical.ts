import type {
  AllergyIntolerance,
  CarePlan,
  Device,
  DeviceUseStatement,
  DocumentReference,
  Observation,
  Reference,
  SupplyDelivery,
} from 'fhir/r4.js';
import type {
  AllergyEvent,
  CarePlanEvent,
  DeviceEvent,
  NoteEvent,
  SupplyEvent,
} from '../../../core/events/patient-event.js';
import { causeOfDeath } from '../code-tables.js';
import { toConcept } from '../json/coding.js';
import { dateTimeText } from '../json/moment-text.js';
import { fhirText } from '../json/quote.js';
import type { RecordScope } from '../record-scope.js';
import { systems } from '../systems.js';
import { toPeriod } from './period.js';

// What is too rare to be worth a template is built as an object.

const encounterOf = (scope: RecordScope, key: string | undefined): { encounter?: Reference } =>
  key === undefined ? {} : { encounter: { reference: scope.encounter(key) } };

/** FHIR has no end of an allergy but that it is resolved. */
export function allergyResource(event: AllergyEvent, scope: RecordScope): AllergyIntolerance {
  const code = event.end === undefined ? 'active' : 'resolved';
  return {
    resourceType: 'AllergyIntolerance',
    id: scope.id('AllergyIntolerance', event.key),
    meta: scope.context.meta('UKCore-AllergyIntolerance'),
    clinicalStatus: { coding: [{ system: systems.allergyClinical, code }] },
    verificationStatus: { coding: [{ system: systems.allergyVerification, code: 'confirmed' }] },
    type: event.type,
    category: [event.category],
    code: toConcept(event.codes),
    patient: { reference: scope.patient },
    ...encounterOf(scope, event.encounter),
    onsetDateTime: dateTimeText(event.start),
    recordedDate: dateTimeText(event.start),
    ...(event.reactions.length === 0
      ? {}
      : {
          reaction: event.reactions.map(({ manifestation, severity }) => ({
            manifestation: [toConcept([manifestation])],
            ...(severity === undefined ? {} : { severity }),
          })),
        }),
  };
}

/** The reason stands with each activity, and with one of its own where the plan has none. */
export function carePlanResource(event: CarePlanEvent, scope: RecordScope): CarePlan {
  const isOver = event.end !== undefined;
  const status = isOver ? ('completed' as const) : ('in-progress' as const);
  const reason = event.reason === undefined ? {} : { reasonCode: [toConcept([event.reason])] };
  const activity = event.activities.map((code) => ({
    detail: { code: toConcept([code]), ...reason, status },
  }));
  const alone = event.reason === undefined ? [] : [{ detail: { ...reason, status } }];
  const all = activity.length === 0 ? alone : activity;
  return {
    resourceType: 'CarePlan',
    id: scope.id('CarePlan', event.key),
    meta: scope.context.meta('UKCore-CarePlan'),
    status: isOver ? 'completed' : 'active',
    intent: 'plan',
    category: [toConcept(event.codes)],
    subject: { reference: scope.patient },
    ...encounterOf(scope, event.encounter),
    period: toPeriod(event.start, event.end),
    ...(all.length === 0 ? {} : { activity: all }),
  };
}

export function deviceResource(event: DeviceEvent, scope: RecordScope): Device {
  return {
    resourceType: 'Device',
    id: scope.id('Device', event.key),
    meta: scope.context.meta('UKCore-Device'),
    ...(event.udi === undefined ? {} : { udiCarrier: [{ carrierHRF: fhirText(event.udi) }] }),
    status: event.end === undefined ? 'active' : 'inactive',
    type: toConcept(event.codes),
    patient: { reference: scope.patient },
  };
}

/** From when to when a device was used, which a Device does not say. */
export function deviceUseResource(event: DeviceEvent, scope: RecordScope): DeviceUseStatement {
  return {
    resourceType: 'DeviceUseStatement',
    id: scope.id('DeviceUseStatement', event.key),
    meta: scope.context.meta(),
    status: event.end === undefined ? 'active' : 'completed',
    subject: { reference: scope.patient },
    timingPeriod: toPeriod(event.start, event.end),
    recordedOn: dateTimeText(event.start),
    device: { reference: `Device/${scope.id('Device', event.key)}` },
  };
}

export function supplyResource(event: SupplyEvent, scope: RecordScope): SupplyDelivery {
  if (!Number.isSafeInteger(event.quantity) || event.quantity < 0)
    throw new Error(`${event.quantity} is not a number of whole pieces`);
  return {
    resourceType: 'SupplyDelivery',
    id: scope.id('SupplyDelivery', event.key),
    meta: scope.context.meta(),
    status: 'completed',
    patient: { reference: scope.patient },
    suppliedItem: { quantity: { value: event.quantity }, itemCodeableConcept: toConcept(event.codes) },
    occurrenceDateTime: dateTimeText(event.start),
  };
}

export function noteResource(event: NoteEvent, scope: RecordScope): DocumentReference {
  const start = dateTimeText(event.start);
  return {
    resourceType: 'DocumentReference',
    id: scope.id('DocumentReference', event.key),
    meta: scope.context.meta('UKCore-DocumentReference'),
    status: 'current',
    type: toConcept(event.codes),
    subject: { reference: scope.patient },
    ...(event.start.precision === 'second' ? { date: start } : {}),
    content: [
      {
        attachment: {
          contentType: 'text/plain; charset=utf-8',
          data: Buffer.from(fhirText(event.text), 'utf8').toString('base64'),
          creation: start,
        },
      },
    ],
    context: {
      ...(event.encounter === undefined
        ? {}
        : { encounter: [{ reference: scope.encounter(event.encounter) }] }),
      period: { start },
    },
  };
}

/** What the person died of, as certificates of death have it; undefined where the record has it as an observation. */
export function causeOfDeathResource(scope: RecordScope): Observation | undefined {
  const { events, person } = scope.record;
  const { death } = person;
  const isSaid = events.some(
    ({ kind, codes }) => kind === 'observation' && codes.some(({ code }) => code === causeOfDeath.code),
  );
  if (death?.cause === undefined || isSaid) return undefined;
  return {
    resourceType: 'Observation',
    id: scope.id('Observation/cause-of-death', ''),
    meta: scope.context.meta('UKCore-Observation'),
    status: 'final',
    code: { coding: [causeOfDeath] },
    subject: { reference: scope.patient },
    effectiveDateTime: dateTimeText(death.at),
    valueCodeableConcept: toConcept([death.cause]),
  };
}
