import type { Fields } from '../../library/fields.js';
import type { Scope } from '../scope.js';
import type { CompiledCondition } from '../compiled-condition.js';
import { condition, type ConditionCompiler } from './condition.js';
import { dateCondition } from './date-condition.js';
import * as logic from './logic-conditions.js';
import * as personal from './person-conditions.js';
import { priorStateCondition } from './prior-state-condition.js';
import { activeCondition, observationCondition } from './record-conditions.js';
import * as value from './value-conditions.js';

const compilers: ReadonlyMap<string, ConditionCompiler> = new Map<string, ConditionCompiler>([
  ['True', logic.constantCondition(true)],
  ['False', logic.constantCondition(false)],
  ['And', logic.andCondition],
  ['Or', logic.orCondition],
  ['Not', logic.notCondition],
  ['At Least', logic.countCondition('minimum')],
  ['At Most', logic.countCondition('maximum')],
  ['Age', personal.ageCondition],
  ['Gender', personal.genderCondition],
  ['Race', personal.raceCondition],
  ['Socioeconomic Status', personal.socioeconomicCondition],
  ['Date', dateCondition],
  ['Attribute', value.attributeCondition],
  ['Vital Sign', value.vitalSignCondition],
  ['Symptom', value.symptomCondition],
  ['Observation', observationCondition],
  ['Active Condition', activeCondition],
  ['Active Allergy', activeCondition],
  ['Active Medication', activeCondition],
  ['Active CarePlan', activeCondition],
  ['PriorState', priorStateCondition],
]);

/** A condition of GMF, `{condition_type, ...}`. */
export function compileCondition(fields: Fields, scope: Scope): CompiledCondition {
  const type = fields.text('condition_type');
  const compiler = compilers.get(type);
  if (compiler !== undefined) return compiler(fields, scope);
  if (type !== '') fields.fail('condition_type', `there is no condition "${type}".`);
  return condition(() => false);
}
