import { isDate, isDateTime, isInstant, isTime } from './date-text.js';
import { isBase64, isCode, isId, isNarrative, isOid, isText, isUri, isUuid } from './text-forms.js';

interface PrimitiveType {
  readonly json: 'string' | 'number' | 'boolean';
  /** Of a value of that kind. */
  readonly isValid: (value: never) => boolean;
  /** What is asked for, after "is not". */
  readonly form: string;
}

const text = (isValid: (value: string) => boolean, form: string): PrimitiveType => ({
  json: 'string',
  isValid,
  form,
});
const number = (isValid: (value: number) => boolean, form: string): PrimitiveType => ({
  json: 'number',
  isValid,
  form,
});

const int32Max = 2 ** 31 - 1;
const isInt32 = (value: number): boolean => Number.isInteger(value) && Math.abs(value) <= int32Max;
const plainText = 'text that is not empty and has no control characters';
const uri = text(isUri, 'a URI (no white space, not empty)');

/** Every primitive type of R4 (https://hl7.org/fhir/R4/datatypes.html#primitive). */
export const primitiveTypes: Readonly<Record<string, PrimitiveType>> = {
  boolean: { json: 'boolean', isValid: () => true, form: 'true or false' },
  integer: number(isInt32, 'a whole number of 32 bits'),
  unsignedInt: number((value) => isInt32(value) && value >= 0, 'a whole number from 0'),
  positiveInt: number((value) => isInt32(value) && value >= 1, 'a whole number from 1'),
  decimal: number(Number.isFinite, 'a number'),
  string: text(isText, plainText),
  markdown: text(isText, plainText),
  id: text(isId, '1 to 64 letters, digits, "-" or "."'),
  code: text(isCode, 'a code (words with single spaces between them)'),
  ...{ uri, url: uri, canonical: uri },
  oid: text(isOid, 'urn:oid: with an object identifier'),
  uuid: text(isUuid, 'urn:uuid: with a UUID in lower case'),
  date: text(isDate, 'a date of the calendar (YYYY, YYYY-MM or YYYY-MM-DD)'),
  dateTime: text(isDateTime, 'a date of the calendar, or with a time to the second and a zone'),
  instant: text(isInstant, 'a date with a time to the second and a zone'),
  time: text(isTime, 'a time (hh:mm:ss)'),
  base64Binary: text(isBase64, 'base64'),
  xhtml: text(isNarrative, 'a div of XHTML with content and without scripts'),
};
