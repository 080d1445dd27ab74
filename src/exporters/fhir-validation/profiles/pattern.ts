import { isFields } from '../compile/run.js';

/** Whether a value has all that a pattern has; lists have each of its entries, in any place. */
export function matchesPattern(value: unknown, pattern: unknown): boolean {
  if (Array.isArray(pattern))
    return (
      Array.isArray(value) &&
      pattern.every((wanted) => value.some((item: unknown) => matchesPattern(item, wanted)))
    );
  if (!isFields(pattern)) return value === pattern;
  return (
    isFields(value) && Object.entries(pattern).every(([key, wanted]) => matchesPattern(value[key], wanted))
  );
}

/** Whether a value is the same as another one, to the last part. */
export function isSame(value: unknown, fixed: unknown): boolean {
  if (Array.isArray(fixed))
    return (
      Array.isArray(value) &&
      value.length === fixed.length &&
      fixed.every((wanted, index) => isSame(value[index], wanted))
    );
  if (!isFields(fixed)) return value === fixed;
  const keys = Object.keys(fixed);
  return (
    isFields(value) &&
    Object.keys(value).length === keys.length &&
    keys.every((key) => isSame(value[key], fixed[key]))
  );
}
