import { isFields, type Fields } from '../compile/run.js';

/** Whether an element is there, as a value or as the extensions beside it. */
export function has(it: Fields, name: string): boolean {
  return it[name] !== undefined || it[`_${name}`] !== undefined;
}

/** How many of these elements are there. */
export function countOf(it: Fields, ...names: readonly string[]): number {
  return names.filter((name) => has(it, name)).length;
}

/** Whether a choice such as `value` is there, whatever its type. */
export function hasChoice(it: Fields, name: string): boolean {
  for (const key in it) {
    const start = key.charCodeAt(0) === 95 ? 1 : 0;
    if (key.startsWith(name, start) && isUpperCase(key.charCodeAt(start + name.length)))
      return it[key] !== undefined;
  }
  return false;
}

/** The objects of a list, or the one object that stands there. */
export function objectsOf(value: unknown): readonly Fields[] {
  if (Array.isArray(value)) return (value as unknown[]).filter(isFields);
  return isFields(value) ? [value] : [];
}

/** Whether a concept (or one of several) has a code of a system. */
export function hasCode(concept: unknown, system: string, ...codes: readonly string[]): boolean {
  return objectsOf(concept).some(({ coding }) =>
    objectsOf(coding).some((one) => one['system'] === system && codes.includes(String(one['code']))),
  );
}

/** Whether a text is one of these. */
export function isOneOf(value: unknown, ...texts: readonly string[]): boolean {
  return typeof value === 'string' && texts.includes(value);
}

export function areDistinct(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}

function isUpperCase(code: number): boolean {
  return code >= 65 && code <= 90;
}
