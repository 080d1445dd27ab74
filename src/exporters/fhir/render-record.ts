import type { PatientEvent } from '../../core/events/patient-event.js';
import type { PatientRecord } from '../../core/events/patient-record.js';
import type { FhirContext } from './fhir-context.js';
import { toAscii } from './json/quote.js';
import { RecordScope } from './record-scope.js';
import type { ResourceTaker } from './resource-taker.js';
import {
  allergyResource,
  carePlanResource,
  causeOfDeathResource,
  deviceResource,
  deviceUseResource,
  noteResource,
  supplyResource,
} from './resources/clinical.js';
import { imagingStudyResource } from './resources/imaging-study.js';
import { patientResource } from './resources/patient.js';
import { conditionJson } from './templates/condition-json.js';
import { diagnosticReportJson } from './templates/diagnostic-report-json.js';
import { encounterJson } from './templates/encounter-json.js';
import { medicationRequestJson } from './templates/medication-request-json.js';
import { observationJson } from './templates/observation-json.js';
import { administrationJson, immunizationJson, procedureJson } from './templates/procedure-json.js';

/**
 * Gives every resource of a record as text, the patient first and each after what it refers to as far as the record's
 * own order allows.
 *
 * @returns the patient's id
 * @throws {Error} naming the person and the event, for what cannot be said in FHIR
 */
export function renderRecord(record: PatientRecord, context: FhirContext, take: ResourceTaker): string {
  let place = 'the person';
  try {
    const scope = new RecordScope(context, record);
    give(take, patientResource(scope));
    for (const encounter of record.encounters) {
      place = `encounter "${encounter.key}"`;
      take('Encounter', encounterJson(encounter, scope));
    }
    const keys = new Set<string>();
    for (const event of record.events) {
      place = `${event.kind} "${event.key}"`;
      if (keys.size === keys.add(event.key).size) throw new Error('two events have this key');
      renderEvent(event, scope, take);
    }
    place = 'the cause of death';
    const cause = causeOfDeathResource(scope);
    if (cause !== undefined) give(take, cause);
    return scope.patientId;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Person "${record.person.key}", ${place}: ${reason}.`, { cause: error });
  }
}

/** Gives a resource that was built as an object. */
export function give(take: ResourceTaker, resource: { readonly resourceType: string }): void {
  take(resource.resourceType, toAscii(JSON.stringify(resource)));
}

function renderEvent(event: PatientEvent, scope: RecordScope, take: ResourceTaker): void {
  switch (event.kind) {
    case 'observation':
      take('Observation', observationJson(event, scope));
      return;
    case 'condition':
      take('Condition', conditionJson(event, scope));
      return;
    case 'procedure':
      take('Procedure', procedureJson(event, scope));
      return;
    case 'medication-order':
      take('MedicationRequest', medicationRequestJson(event, scope));
      return;
    case 'medication-administration':
      take('MedicationAdministration', administrationJson(event, scope));
      return;
    case 'immunisation':
      take('Immunization', immunizationJson(event, scope));
      return;
    case 'report':
      take('DiagnosticReport', diagnosticReportJson(event, scope));
      return;
    case 'allergy':
    case 'care-plan':
    case 'device':
    case 'imaging-study':
    case 'note':
    case 'supply':
      renderRareEvent(event, scope, take);
  }
}

type RareKind = 'allergy' | 'care-plan' | 'device' | 'imaging-study' | 'note' | 'supply';

function renderRareEvent(
  event: Extract<PatientEvent, { kind: RareKind }>,
  scope: RecordScope,
  take: ResourceTaker,
): void {
  switch (event.kind) {
    case 'allergy':
      give(take, allergyResource(event, scope));
      return;
    case 'care-plan':
      give(take, carePlanResource(event, scope));
      return;
    case 'device':
      give(take, deviceResource(event, scope));
      give(take, deviceUseResource(event, scope));
      return;
    case 'imaging-study':
      give(take, imagingStudyResource(event, scope));
      return;
    case 'note':
      give(take, noteResource(event, scope));
      return;
    case 'supply':
      give(take, supplyResource(event, scope));
  }
}
