import type { ImagingStudy, ImagingStudySeries } from 'fhir/r4.js';
import type { Coded } from '../../../core/events/coded.js';
import { codeSystems } from '../../../core/events/code-systems.js';
import type { ImagingStudyEvent } from '../../../core/events/patient-event.js';
import { toCoding, toConcept } from '../json/coding.js';
import { dateTimeText } from '../json/moment-text.js';
import { fhirText } from '../json/quote.js';
import type { RecordScope } from '../record-scope.js';
import { systems } from '../systems.js';

type Series = ImagingStudyEvent['series'][number];

const uidForm = /^[0-9]+(\.[0-9]+)*$/;

/** @throws {Error} for what is not a UID of DICOM: numbers with dots, 64 characters at most */
function checkUid(uid: string): string {
  if (uid.length > 64 || !uidForm.test(uid)) throw new Error(`"${uid}" is not a UID of DICOM`);
  return uid;
}

export function imagingStudyResource(event: ImagingStudyEvent, scope: RecordScope): ImagingStudy {
  return {
    resourceType: 'ImagingStudy',
    id: scope.id('ImagingStudy', event.key),
    meta: scope.context.meta('UKCore-ImagingStudy'),
    identifier: [{ system: systems.dicomUid, value: `urn:oid:${checkUid(event.uid)}` }],
    status: 'available',
    subject: { reference: scope.patient },
    ...(event.encounter === undefined ? {} : { encounter: { reference: scope.encounter(event.encounter) } }),
    started: dateTimeText(event.start),
    numberOfSeries: event.series.length,
    numberOfInstances: event.series.reduce((sum, { instances }) => sum + instances.length, 0),
    ...(event.procedure === undefined ? {} : { procedureReference: procedureOf(event.procedure, scope) }),
    procedureCode: [toConcept(event.codes)],
    ...(event.series.length === 0 ? {} : { series: event.series.map(seriesOf) }),
  };
}

function procedureOf(key: string, scope: RecordScope): { reference: string } {
  const procedure = scope.event('procedure', key);
  return { reference: `Procedure/${scope.id('Procedure', procedure.key)}` };
}

function seriesOf({ uid, bodySite, modality, instances }: Series, place: number): ImagingStudySeries {
  return {
    uid: checkUid(uid),
    number: place + 1,
    modality: toCoding(modality),
    numberOfInstances: instances.length,
    bodySite: toCoding(bodySite),
    ...(instances.length === 0
      ? {}
      : {
          instance: instances.map((instance, index) => ({
            uid: checkUid(instance.uid),
            sopClass: toCoding(sopClassOf(instance.sopClass)),
            number: index + 1,
            ...(instance.title === undefined ? {} : { title: fhirText(instance.title) }),
          })),
        }),
  };
}

/** FHIR writes the UID of a class as a URI. */
function sopClassOf(sopClass: Coded): Coded {
  const isUid = sopClass.system === codeSystems.dicomUid.uri && uidForm.test(sopClass.code);
  return isUid ? { ...sopClass, code: `urn:oid:${sopClass.code}` } : sopClass;
}
