import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { refusal } from '../refusal/refusal.js';
import { RefusedError } from '../refusal/refused-error.js';

/** PostgreSQL keeps no NUL in a text, and a lone surrogate has no UTF-8 form to be kept or hashed. */
const unstorable = /\0|\p{Surrogate}/u;

/** Refuses texts that cannot be kept as they were sent, wherever they are in the arguments. */
@Injectable()
export class StorableTextPipe implements PipeTransform {
  transform(value: unknown, { type, data }: ArgumentMetadata): unknown {
    const place = type === 'custom' ? null : placeOfUnstorable(value, data ?? 'arguments');
    if (place === null) return value;
    const message = `"${place}" holds a character that is no text: NUL, or half of a surrogate pair.`;
    throw new RefusedError(refusal('BAD_PARAMETERS', message, place));
  }
}

function placeOfUnstorable(value: unknown, place: string): string | null {
  if (typeof value === 'string') return unstorable.test(value) ? place : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, member] of Object.entries(value)) {
    const found = placeOfUnstorable(member, `${place}.${name}`);
    if (found !== null) return found;
  }
  return null;
}
