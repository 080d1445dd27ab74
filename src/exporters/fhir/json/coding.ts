import type { CodeableConcept, Coding } from 'fhir/r4.js';
import type { Coded } from '../../../core/events/coded.js';
import { fhirText } from './quote.js';

const codeForm = /^\S+( \S+)*$/;
const uriForm = /^\S+$/;

/** @throws {Error} for what is not a FHIR `code` */
export function fhirCode(code: string): string {
  if (!codeForm.test(code)) throw new Error(`"${code}" is not a code: it is empty or has spaces at its ends`);
  return code;
}

/** @throws {Error} for what is not a FHIR `uri` */
export function fhirUri(uri: string): string {
  if (!uriForm.test(uri)) throw new Error(`"${uri}" is not a URI: it is empty or has spaces`);
  return uri;
}

/** The concept as it stands in the record, its display included. */
export function toCoding({ system, code, display }: Coded): Coding {
  const coding: Coding = { system: fhirUri(system), code: fhirCode(code) };
  if (display !== undefined) coding.display = fhirText(display);
  return coding;
}

/** One concept in one or several systems. @throws {Error} without any code */
export function toConcept(codes: readonly Coded[]): CodeableConcept {
  if (codes.length === 0) throw new Error('it has no code');
  return { coding: codes.map(toCoding) };
}
