import type { Odds } from '../../engine/machine.js';
import type { Fields } from '../../library/fields.js';
import type { CompiledCondition } from '../compiled-condition.js';
import type { Scope } from '../scope.js';
import { compileLookup } from './lookup-transition.js';
import { earliest, oddsOf, type Transition } from './odds.js';
import { compileTypeOfCare } from './type-of-care.js';
import { compileChoice, targetOf } from './weighted-choice.js';

type TransitionCompiler = (fields: Fields, scope: Scope) => Transition;

const compilers: Readonly<Record<string, TransitionCompiler>> = {
  direct_transition: (fields, scope) => direct(targetOf(fields, 'direct_transition', scope)),
  distributed_transition: (fields, scope) => compileChoice(someOf(fields, 'distributed_transition'), scope),
  conditional_transition: (fields, scope) =>
    conditional(someOf(fields, 'conditional_transition'), scope, (option) =>
      direct(targetOf(option, 'transition', scope)),
    ),
  complex_transition: (fields, scope) =>
    conditional(someOf(fields, 'complex_transition'), scope, (option) =>
      option.has('transition')
        ? direct(targetOf(option, 'transition', scope))
        : compileChoice(someOf(option, 'distributions'), scope),
    ),
  lookup_table_transition: (fields, scope) => compileLookup(someOf(fields, 'lookup_table_transition'), scope),
  type_of_care_transition: (fields, scope) =>
    compileTypeOfCare(fields.child('type_of_care_transition'), scope),
};

const kinds = Object.keys(compilers);

/** The one transition of a state. A simulation of physiology is not run: it takes its `alt_direct_transition`. */
export function compileTransition(fields: Fields, scope: Scope): Transition {
  if (fields.has('alt_direct_transition')) return direct(targetOf(fields, 'alt_direct_transition', scope));
  const [kind, ...others] = kinds.filter((name) => fields.has(name));
  if (kind === undefined) fields.fail('', 'has no transition, and is no Terminal.');
  for (const other of others) fields.fail(other, `is a second transition, beside "${kind ?? ''}".`);
  return compilers[kind ?? '']?.(fields, scope) ?? direct(0);
}

function direct(target: number): Transition {
  const odds = oddsOf([target], (_frame, _time, share, add) => {
    add(target, share);
  });
  return { next: () => target, odds };
}

function someOf(fields: Fields, name: string): Fields[] {
  const options = fields.children(name);
  if (options.length === 0 && fields.has(name)) fields.fail(name, 'has no option.');
  return options;
}

/** The first option without a condition or with one that holds, else the last. */
function conditional(
  options: readonly Fields[],
  scope: Scope,
  compileOption: (option: Fields) => Transition,
): Transition {
  const ways = options.map(compileOption);
  const conditions = options.map((option) => {
    const condition = option.optionalChild('condition');
    return condition === null ? null : scope.condition(condition);
  });
  const tests = conditions.map((condition) => condition?.test ?? null);
  const nexts = ways.map(({ next }) => next);
  const last = ways.at(-1)?.next ?? direct(0).next;
  const next: Transition['next'] = (frame, time) => {
    for (let option = 0; option < tests.length; option += 1) {
      const test = tests[option];
      if (test === null || test?.(frame, time)) return (nexts[option] ?? last)(frame, time);
    }
    return last(frame, time);
  };
  return { next, odds: conditionalOdds(ways, conditions) };
}

function conditionalOdds(
  ways: readonly Transition[],
  conditions: readonly (CompiledCondition | null)[],
): Odds | null {
  const odds = ways.map((way) => way.odds).filter((one) => one !== null);
  const known = conditions.filter((condition) => condition !== null);
  if (odds.length < ways.length || known.some(({ isVolatile }) => isVolatile)) return null;
  const parts = [...odds, ...known];
  return oddsOf(
    odds.flatMap(({ targets }) => targets),
    (frame, time, share, add) => {
      const at = conditions.findIndex((condition) => condition === null || condition.test(frame, time));
      (odds[at] ?? odds.at(-1))?.spread(frame, time, share, add);
    },
    {
      changesAt: earliest(parts),
      attributes: parts.flatMap(({ attributes }) => attributes),
      codes: parts.flatMap(({ codes }) => codes),
    },
  );
}
