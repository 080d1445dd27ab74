// Also DEL and everything beyond, so that what is written is ASCII: one byte a character, whatever reads it.
const plain = /^[ !#-[\]-~]+$/;
// What FHIR's string allows of the characters below the space: tab, line feed and carriage return.
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;
const beyondAscii = /[\u007f-\uffff]/g;

/** JSON of the same value in ASCII only. */
export function toAscii(json: string): string {
  return json.replace(beyondAscii, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * A text as a JSON string in ASCII.
 *
 * @throws {Error} for a text that FHIR's `string` does not allow: an empty one, or one with control characters
 */
export function quote(text: string): string {
  return plain.test(text) ? `"${text}"` : toAscii(JSON.stringify(fhirText(text)));
}

/** The text itself. @throws {Error} for a text that FHIR's `string` does not allow */
export function fhirText(text: string): string {
  if (text.trim() === '') throw new Error('a text is empty, which FHIR does not allow');
  if (forbidden.test(text)) throw new Error('a text has control characters, which FHIR does not allow');
  return text;
}

/** A number as FHIR's `decimal`. @throws {Error} for what is not a finite number */
export function decimal(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`${value} is not a number that can be written`);
  return String(value);
}
