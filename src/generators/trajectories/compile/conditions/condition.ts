import type { Frame } from '../../engine/machine.js';
import type { Fields } from '../../library/fields.js';
import type { CompiledCondition, Test } from '../compiled-condition.js';
import type { Scope } from '../scope.js';

export type ConditionCompiler = (fields: Fields, scope: Scope) => CompiledCondition;

const never = (): number => Infinity;

export function condition(
  test: Test,
  rest: Partial<Omit<CompiledCondition, 'test'>> = {},
): CompiledCondition {
  return { test, attributes: [], codes: [], changesAt: never, isVolatile: false, ...rest };
}

/** One condition of several, which changes when any of them does. */
export function joined(parts: readonly CompiledCondition[], test: Test): CompiledCondition {
  const timed = parts.filter(({ changesAt }) => changesAt !== never);
  const changesAt = (frame: Frame, time: number): number => {
    let earliest = Infinity;
    for (const part of timed) earliest = Math.min(earliest, part.changesAt(frame, time));
    return earliest;
  };
  return {
    test,
    attributes: parts.flatMap(({ attributes }) => attributes),
    codes: parts.flatMap(({ codes }) => codes),
    changesAt: timed.length === 0 ? never : changesAt,
    isVolatile: parts.some(({ isVolatile }) => isVolatile),
  };
}
