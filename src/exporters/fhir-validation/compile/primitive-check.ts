import { primitiveTypes } from '../primitives/primitive-types.js';
import { kindOf, type Check } from './run.js';

/** The check of a primitive type. @throws {Error} when FHIR has no such type */
export function primitiveCheck(name: string): Check {
  const type = primitiveTypes[name];
  if (type === undefined) throw new Error(`There is no primitive type ${name}.`);
  const { json, isValid, form } = type;
  return (value, run) => {
    if (typeof value !== json) {
      if (value === null) run.fail('null', 'is null');
      else if (Array.isArray(value)) run.fail('cardinality', `is a list, not one ${name}`);
      else run.fail('type', `is ${kindOf(value)}, not a ${json} (${name})`);
    } else if (!isValid(value as never)) {
      if (value === '') run.fail('empty', 'is empty');
      else run.fail('format', `is not ${form}`);
    }
  };
}
