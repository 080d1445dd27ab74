import { canonicalJson } from '../../core/hashing/canonical-json.js';

export interface FormChange {
  /** Field of the form, such as "columns" or "declarations". */
  readonly field: string;
  /** JSON. */
  readonly before: string;
  readonly after: string;
}

/** The fields that differ between two submissions of a form, in the order of the form. */
export function diffForms(before: object, after: object): FormChange[] {
  const then = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after).flatMap(([field, value]: [string, unknown]) => {
    const [was, is] = [canonicalJson(then.get(field) ?? null), canonicalJson(value)];
    return was === is ? [] : [{ field, before: was, after: is }];
  });
}
