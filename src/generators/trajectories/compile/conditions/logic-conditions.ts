import type { Fields } from '../../library/fields.js';
import type { Scope } from '../scope.js';
import type { CompiledCondition, Test } from '../compiled-condition.js';
import { condition, joined } from './condition.js';

function parts(fields: Fields, scope: Scope): { all: CompiledCondition[]; tests: Test[] } {
  const all = fields.children('conditions').map((one) => scope.condition(one));
  return { all, tests: all.map(({ test }) => test) };
}

export function andCondition(fields: Fields, scope: Scope): CompiledCondition {
  const { all, tests } = parts(fields, scope);
  const [first, second] = tests;
  if (tests.length === 2 && first && second)
    return joined(all, (frame, time) => first(frame, time) && second(frame, time));
  return joined(all, (frame, time) => tests.every((test) => test(frame, time)));
}

export function orCondition(fields: Fields, scope: Scope): CompiledCondition {
  const { all, tests } = parts(fields, scope);
  const [first, second] = tests;
  if (tests.length === 2 && first && second)
    return joined(all, (frame, time) => first(frame, time) || second(frame, time));
  return joined(all, (frame, time) => tests.some((test) => test(frame, time)));
}

export function notCondition(fields: Fields, scope: Scope): CompiledCondition {
  const inner = scope.condition(fields.child('condition'));
  return joined([inner], (frame, time) => !inner.test(frame, time));
}

/** All are tested: a vital sign that is drawn on each read is drawn as often whatever the others say. */
export function countCondition(
  bound: 'minimum' | 'maximum',
): (fields: Fields, scope: Scope) => CompiledCondition {
  return (fields, scope) => {
    const limit = fields.number(bound);
    const { all, tests } = parts(fields, scope);
    return joined(all, (frame, time) => {
      let count = 0;
      for (const test of tests) if (test(frame, time)) count += 1;
      return bound === 'minimum' ? count >= limit : count <= limit;
    });
  };
}

export const constantCondition = (value: boolean) => (): CompiledCondition => condition(() => value);
