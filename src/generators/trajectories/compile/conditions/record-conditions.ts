import type { Frame } from '../../engine/machine.js';
import type { Fields } from '../../library/fields.js';
import { Entry } from '../../record/entry.js';
import { SimulationError } from '../../simulation-error.js';
import type { Scope } from '../scope.js';
import { readCode, readCodes } from '../values/read-codes.js';
import { operators, valueTest } from './compare.js';
import type { CompiledCondition } from '../compiled-condition.js';
import { condition } from './condition.js';

/** Active Condition, Allergy, Medication and CarePlan: any of the codes is present, of whatever kind. */
export function activeCondition(fields: Fields, scope: Scope): CompiledCondition {
  const reference = fields.optionalText('referenced_by_attribute');
  if (reference !== null) return referencedCondition(reference, fields, scope);
  const codes = readCodes(fields.children('codes')).map(({ code }) => scope.names.codes.keys.id(code));
  const [only, ...others] = codes;
  const test =
    others.length === 0 && only !== undefined
      ? ({ person }: Frame) => person.record.present.has(only)
      : ({ person }: Frame) => codes.some((code) => person.record.present.has(code));
  return condition(test, { codes });
}

function referencedCondition(name: string, fields: Fields, { names, findings }: Scope): CompiledCondition {
  const attribute = names.attributes.id(name);
  findings.readAttributes.set(attribute, fields.place);
  return condition(
    ({ person }) => {
      const entry = person.get(attribute);
      return entry instanceof Entry && person.record.isPresent(entry.key);
    },
    { isVolatile: true },
  );
}

/** The value of the newest observation of a code. */
export function observationCondition(fields: Fields, scope: Scope): CompiledCondition {
  const operator = fields.oneOf('operator', operators);
  const code = fields.optionalChild('value_code');
  const right = code === null ? fields.optionalNumber('value') : readCode(code);
  const test = valueTest(operator, right, fields.place);
  const find = finder(fields, scope);
  const isNilTest = operator === 'is nil' || operator === 'is not nil';
  return condition(
    (frame) => {
      const row = find(frame);
      if (row < 0 && !isNilTest) throw new SimulationError(fields.place, 'there is no such observation.');
      return test(row < 0 ? undefined : frame.person.record.observations.value(row));
    },
    { isVolatile: true },
  );
}

/** Finds the row of the observation; -1 for none. */
function finder(fields: Fields, { names, findings }: Scope): (frame: Frame) => number {
  const reference = fields.optionalText('referenced_by_attribute');
  if (reference !== null) {
    const attribute = names.attributes.id(reference);
    findings.readAttributes.set(attribute, fields.place);
    return ({ person }) => {
      const entry = person.get(attribute);
      return entry instanceof Entry ? person.record.observations.latest(entry.key) : -1;
    };
  }
  const keys = readCodes(fields.children('codes')).map(({ code }) => names.codes.keys.id(code));
  return ({ person }) => {
    for (const key of keys) {
      const row = person.record.observations.latest(key);
      if (row >= 0) return row;
    }
    return -1;
  };
}
