import type { Person } from '../person/person.js';
import { PackError } from '../tables/read-records.js';

type Test = (person: Person, time: number) => boolean;
type Json = Readonly<Record<string, unknown>>;

const stepsMost = 100;

/**
 * A keep module as a test of finished lives: it is walked from `Initial`, and a life that reaches the state `Keep` is
 * kept. It has Initial, Simple and Terminal states, direct and conditional transitions, and conditions of what is
 * present, of attributes, age, gender and their combinations.
 * @throws {PackError} naming what else it uses
 */
export function readKeepModule(text: string): Test {
  const states = objectAt(objectOf(parse(text), 'the keep module'), 'states');
  const next = new Map(Object.keys(states).map((name) => [name, nextOf(objectAt(states, name), name)]));
  return (person, time) => {
    let state = 'Initial';
    for (let step = 0; step < stepsMost; step += 1) {
      const move = next.get(state);
      if (move === undefined) throw new PackError(`The keep module has no state "${state}".`);
      const target = move(person, time);
      if (target === null) break;
      state = target;
    }
    return state === 'Keep';
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new PackError('The keep module is not JSON.');
  }
}

function nextOf(state: Json, name: string): (person: Person, time: number) => string | null {
  const direct = state['direct_transition'];
  if (typeof direct === 'string') return () => direct;
  const options = state['conditional_transition'];
  if (options === undefined) return () => null;
  const tests = arrayOf(options, name).map((option) => ({
    target: textAt(option, 'transition'),
    test: option['condition'] === undefined ? () => true : testOf(objectAt(option, 'condition')),
  }));
  return (person, time) => (tests.find(({ test }) => test(person, time)) ?? tests.at(-1))?.target ?? null;
}

function testOf(condition: Json): Test {
  const kind = textAt(condition, 'condition_type');
  const parts = (): Test[] => arrayOf(condition['conditions'], kind).map(testOf);
  switch (kind) {
    case 'And':
      return every(parts());
    case 'Or':
      return atLeast(parts(), 1);
    case 'At Least':
      return atLeast(parts(), numberAt(condition, 'minimum'));
    case 'Not':
      return not(testOf(objectAt(condition, 'condition')));
    case 'Active Condition':
    case 'Active Medication':
    case 'Active CarePlan':
    case 'Active Allergy':
      return present(condition);
    case 'Attribute':
      return attribute(condition);
    case 'Age':
      return age(condition);
    case 'Gender':
      return (person) => person.sex === condition['gender'];
    default:
      throw new PackError(`A keep module cannot have a condition "${kind}".`);
  }
}

function every(parts: readonly Test[]): Test {
  return (person, time) => parts.every((test) => test(person, time));
}

function atLeast(parts: readonly Test[], least: number): Test {
  return (person, time) => parts.filter((test) => test(person, time)).length >= least;
}

function not(test: Test): Test {
  return (person, time) => !test(person, time);
}

function present(condition: Json): Test {
  const codes = arrayOf(condition['codes'], 'codes').map((code) => String(code['code']));
  return ({ names, record }) => codes.some((code) => record.isPresent(names.codes.keys.find(code)));
}

function attribute(condition: Json): Test {
  const name = textAt(condition, 'attribute');
  const operator = textAt(condition, 'operator');
  const { value } = condition;
  return (person) => {
    const held = person.getByName(name);
    if (operator === 'is nil') return held === undefined;
    if (operator === 'is not nil') return held !== undefined;
    return held !== undefined && compare(held, operator, value);
  };
}

function age(condition: Json): Test {
  const [operator, quantity] = [textAt(condition, 'operator'), numberAt(condition, 'quantity')];
  const isMonths = textAt(condition, 'unit') === 'months';
  return ({ ages }, time) => compare(isMonths ? ages.months(time) : ages.years(time), operator, quantity);
}

function compare(left: unknown, operator: string, right: unknown): boolean {
  if (operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  if (typeof left !== 'number' || typeof right !== 'number') return false;
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  if (operator === '>') return left > right;
  if (operator === '>=') return left >= right;
  throw new PackError(`A keep module cannot compare by "${operator}".`);
}

function objectOf(value: unknown, place: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new PackError(`${place} is not an object.`);
  return Object.fromEntries(Object.entries(value));
}

function objectAt(json: Json, name: string): Json {
  return objectOf(json[name], `"${name}" of the keep module`);
}

function arrayOf(value: unknown, place: string): Json[] {
  if (!Array.isArray(value)) throw new PackError(`"${place}" of the keep module is not a list.`);
  return value.map((one: unknown) => objectOf(one, `a part of "${place}"`));
}

function textAt(json: Json, name: string): string {
  const value = json[name];
  if (typeof value !== 'string') throw new PackError(`"${name}" of the keep module is not a text.`);
  return value;
}

function numberAt(json: Json, name: string): number {
  const value = json[name];
  if (typeof value !== 'number') throw new PackError(`"${name}" of the keep module is not a number.`);
  return value;
}
