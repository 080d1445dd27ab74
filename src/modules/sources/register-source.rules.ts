import type { ColumnSchema } from '../../core/schema/schema.js';
import { type Refusal, refusal } from '../platform/refusal/refusal.js';

export interface Registration {
  readonly name: string;
  readonly description: string;
  readonly citation: string;
  readonly licence: string;
  readonly columns: readonly ColumnSchema[];
}

const wordsMax = 4_000;

/** The custodian must have said something about every column of the file, and about no other. */
export function refuseRegistration(
  registration: Registration,
  fileColumns: readonly string[],
): Refusal | null {
  for (const field of ['name', 'description', 'citation', 'licence'] as const) {
    const text = registration[field].trim();
    if (text === '') return refusal('INCOMPLETE', `Say something under "${field}".`, field);
    if (text.length > wordsMax)
      return refusal('INCOMPLETE', `"${field}" is longer than ${wordsMax} characters.`, field);
  }
  const named = registration.columns.map(({ name }) => name);
  const twice = named.find((name, index) => named.indexOf(name) !== index);
  if (twice !== undefined)
    return refusal('DUPLICATE_COLUMN', `The column "${twice}" is confirmed twice.`, twice);
  const unknown = named.find((name) => !fileColumns.includes(name));
  if (unknown !== undefined)
    return refusal('UNKNOWN_COLUMN', `The file has no column "${unknown}".`, unknown);
  const left = fileColumns.find((name) => !named.includes(name));
  if (left !== undefined) return refusal('INCOMPLETE', `The column "${left}" is not confirmed.`, left);
  return null;
}
