import type { Fields } from '../compile/run.js';
import { has, hasChoice, hasCode, isOneOf, objectsOf } from './expressions.js';
import type { Invariants } from './invariant.js';
import { isInOrder } from './data-types.js';

const terminology = 'http://terminology.hl7.org/CodeSystem/';
const isWrongEntry = (it: Fields, system: string): boolean =>
  hasCode(it['verificationStatus'], terminology + system, 'entered-in-error');

/** Those of clinical resources, by key; the wording is with the definitions. */
export const clinicalInvariants: Invariants = {
  'ait-1': (it) => isWrongEntry(it, 'allergyintolerance-verification') || has(it, 'clinicalStatus'),
  'ait-2': (it) => !isWrongEntry(it, 'allergyintolerance-verification') || !has(it, 'clinicalStatus'),
  'con-1': (it) => has(it, 'summary') || has(it, 'assessment'),
  'con-2': (it) => has(it, 'code') || has(it, 'detail'),
  'con-3': (it) =>
    has(it, 'clinicalStatus') ||
    isWrongEntry(it, 'condition-ver-status') ||
    !hasCode(it['category'], `${terminology}condition-category`, 'problem-list-item'),
  'con-4': (it) =>
    !hasChoice(it, 'abatement') ||
    hasCode(it['clinicalStatus'], `${terminology}condition-clinical`, 'resolved', 'remission', 'inactive'),
  'con-5': (it) => !isWrongEntry(it, 'condition-ver-status') || !has(it, 'clinicalStatus'),
  'cpl-3': (it) => !has(it, 'detail') || !has(it, 'reference'),
  'fhs-1': (it) => !hasChoice(it, 'age') || !hasChoice(it, 'born'),
  'fhs-2': (it) => hasChoice(it, 'age') || !has(it, 'estimatedAge'),
  'gol-1': (it) => !hasChoice(it, 'detail') || has(it, 'measure'),
  'imm-1': (it) => has(it, 'documentType') || has(it, 'reference'),
  'ukcore-imm-001': (it) => it['status'] !== 'not-done' || has(it, 'statusReason'),
  'mad-1': (it) => has(it, 'dose') || hasChoice(it, 'rate'),
  'mdd-1': ({ whenPrepared, whenHandedOver }) => isInOrder(whenPrepared, whenHandedOver),
  'obs-3': (it) => has(it, 'low') || has(it, 'high') || has(it, 'text'),
  'obs-6': (it) => !has(it, 'dataAbsentReason') || !hasChoice(it, 'value'),
  'obs-7': (it) => !has(it, 'component') || !hasChoice(it, 'value') || !repeatsItsCode(it),
  'prr-1': (it) => !has(it, 'orderDetail') || has(it, 'code'),
  'vs-1': (it) => typeof it['effectiveDateTime'] !== 'string' || it['effectiveDateTime'].length >= 8,
  'vs-2': (it) =>
    has(it, 'component') || has(it, 'hasMember') || has(it, 'dataAbsentReason') || hasChoice(it, 'value'),
  'vs-3': (it) => hasChoice(it, 'value') || has(it, 'dataAbsentReason'),
  'ukcore-obs-vs-001': (it) =>
    objectsOf(it['code']).some(({ coding }) =>
      objectsOf(coding).some(({ system }) => system === 'http://loinc.org'),
    ),
  'ukcore-obs-grplab-001': (it) => !hasChoice(it, 'value'),
  'ukcore-obs-lab-001': (it) => hasChoice(it, 'value') || has(it, 'dataAbsentReason') || has(it, 'note'),
  'ukcore-diag-lab-001': (it) =>
    has(it, 'issued') ||
    !isOneOf(it['status'], 'partial', 'preliminary', 'final', 'amended', 'corrected', 'appended'),
  'ukcore-diag-lab-002': (it) =>
    !objectsOf(it['media']).some(
      ({ extension, link }) =>
        hasExtension(extension, mediaLink) && objectsOf(link).some((one) => has(one, 'reference')),
    ),
  'ukcore-spec-001': ({ collector }) =>
    !objectsOf(collector).some(
      (one) => has(one, 'reference') && hasExtension(one['extension'], collectorLink),
    ),
};

const mediaLink = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-DiagnosticReport.media.link';
const collectorLink = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-Specimen.collection.collector';

function hasExtension(extensions: unknown, wanted: string): boolean {
  return objectsOf(extensions).some(({ url }) => url === wanted);
}

/** Whether a component has the code of the observation itself. */
function repeatsItsCode(it: Fields): boolean {
  const names = (code: unknown): string[] =>
    objectsOf(code).flatMap(({ coding }) =>
      objectsOf(coding).map((one) => `${String(one['system'])}|${String(one['code'])}`),
    );
  const own = new Set(names(it['code']));
  return objectsOf(it['component']).some(({ code }) => names(code).some((name) => own.has(name)));
}
