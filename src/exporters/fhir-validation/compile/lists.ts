import type { Property } from './object-check.js';
import type { Check, Run } from './run.js';

/** A list of objects; never empty. */
export function listOf(check: Check): Check {
  return (value, run) => {
    if (!isFilledList(value, run)) return;
    for (let index = 0; index < value.length; index += 1) run.within(index, value[index], check);
  };
}

/** A list of primitive values: null stands where the list of extensions beside it says something. */
export function primitiveList(name: string, check: Check): Property['look'] {
  return (value, run, parent) => {
    if (!isFilledList(value, run)) return;
    const beside = parent[`_${name}`];
    for (let index = 0; index < value.length; index += 1) {
      const item: unknown = value[index];
      if (item === null && Array.isArray(beside) && isObject(beside[index])) continue;
      run.within(index, item, check);
    }
  };
}

/** The list of ids and extensions beside a list of primitive values. */
export function extensionList(name: string, check: Check): Property['look'] {
  return (value, run, parent) => {
    if (!isFilledList(value, run)) return;
    const beside = parent[name];
    if (Array.isArray(beside) && beside.length !== value.length)
      run.fail('cardinality', `has ${value.length} entries, but ${name} has ${beside.length}`);
    for (let index = 0; index < value.length; index += 1) {
      const item: unknown = value[index];
      if (item === null && Array.isArray(beside) && beside[index] !== null) continue;
      run.within(index, item, check);
    }
  };
}

function isFilledList(value: unknown, run: Run): value is readonly unknown[] {
  if (!Array.isArray(value)) run.fail('cardinality', 'is one value where a list belongs');
  else if (value.length === 0) run.fail('empty', 'is an empty list');
  else return true;
  return false;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
