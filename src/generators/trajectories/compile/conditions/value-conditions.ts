import type { Fields } from '../../library/fields.js';
import type { Scope } from '../scope.js';
import { readCode } from '../values/read-codes.js';
import { numberTest, operators, valueTest, type Comparable } from './compare.js';
import type { CompiledCondition } from '../compiled-condition.js';
import { condition } from './condition.js';

export function attributeCondition(fields: Fields, { names, findings }: Scope): CompiledCondition {
  const attribute = names.attributes.id(fields.text('attribute'));
  findings.readAttributes.set(attribute, fields.place);
  const operator = fields.oneOf('operator', operators);
  const test = valueTest(operator, rightSide(fields), fields.place);
  return condition(({ person }) => test(person.attributes[attribute]), { attributes: [attribute] });
}

function rightSide(fields: Fields): Comparable | null {
  const code = fields.optionalChild('value_code');
  if (code !== null) return readCode(code);
  if (!fields.has('value')) return null;
  const { value } = fields.values;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  fields.fail('value', 'must be a text, a number, true or false.');
  return null;
}

export function vitalSignCondition(fields: Fields, { names, findings }: Scope): CompiledCondition {
  const vitalSign = names.vitalSigns.id(fields.text('vital_sign'));
  findings.readVitalSigns.set(vitalSign, fields.place);
  const test = numberTest(fields, 'value');
  return condition(({ person }, time) => test(person.vitalSigns.read(vitalSign, time)), { isVolatile: true });
}

export function symptomCondition(fields: Fields, { names }: Scope): CompiledCondition {
  const symptom = names.symptoms.id(fields.text('symptom'));
  const test = numberTest(fields, 'value');
  return condition(({ person }) => test(person.symptoms.value(symptom)), { isVolatile: true });
}
