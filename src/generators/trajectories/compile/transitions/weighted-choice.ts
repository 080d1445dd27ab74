import type { Frame } from '../../engine/machine.js';
import type { Fields } from '../../library/fields.js';
import type { Scope } from '../scope.js';
import { oddsOf, spreadChoice, type Transition } from './odds.js';

/** The place of a state that a field names. */
export function targetOf(fields: Fields, name: string, { states }: Scope): number {
  const target = fields.text(name);
  const index = states.get(target);
  if (index !== undefined) return index;
  if (target !== '') fields.fail(name, `there is no state "${target}".`);
  return 0;
}

/** The first option whose cumulative share is above `p`, else the last: shares above 1 in sum are cut off. */
export function pick(cumulative: ArrayLike<number>, p: number): number {
  const last = cumulative.length - 1;
  for (let option = 0; option < last; option += 1) if ((cumulative[option] ?? 0) > p) return option;
  return last;
}

export function cumulate(shares: readonly number[]): Float64Array {
  let sum = 0;
  return Float64Array.from(shares, (share) => (sum += share));
}

type Share = number | { readonly attribute: number; readonly of: (frame: Frame) => number };

/** A choice by chance among `{transition, distribution}`; one number is drawn. */
export function compileChoice(options: readonly Fields[], scope: Scope): Transition {
  const targets = options.map((option) => targetOf(option, 'transition', scope));
  const shares = options.map((option) => compileShare(option, scope));
  const constant = shares.filter((share) => typeof share === 'number');
  if (constant.length === shares.length) return constantChoice(targets, constant);
  return namedChoice(targets, shares);
}

function constantChoice(targets: readonly number[], shares: readonly number[]): Transition {
  const cumulative = cumulate(shares);
  return {
    next: (frame) => targets[pick(cumulative, frame.stream.uniform())] ?? 0,
    odds: oddsOf(targets, (_frame, _time, share, add) => {
      spreadChoice(cumulative, targets, share, add);
    }),
  };
}

/** A choice of which some shares are values of attributes. */
function namedChoice(targets: readonly number[], shares: readonly Share[]): Transition {
  const sums = new Float64Array(shares.length);
  const cumulateFor = (frame: Frame): Float64Array => {
    let sum = 0;
    for (let option = 0; option < shares.length; option += 1) {
      const share = shares[option] ?? 0;
      sum += typeof share === 'number' ? share : share.of(frame);
      sums[option] = sum;
    }
    return sums;
  };
  return {
    next: (frame) => targets[pick(cumulateFor(frame), frame.stream.uniform())] ?? 0,
    odds: oddsOf(
      targets,
      (frame, _, share, add) => {
        spreadChoice(cumulateFor(frame), targets, share, add);
      },
      { attributes: shares.flatMap((share) => (typeof share === 'number' ? [] : [share.attribute])) },
    ),
  };
}

/** A number, or `{attribute, default}`: the attribute's value, if it is a number. */
function compileShare(option: Fields, { names, findings }: Scope): Share {
  if (typeof option.values['distribution'] === 'number') return option.number('distribution');
  const named = option.child('distribution');
  const attribute = names.attributes.id(named.text('attribute'));
  findings.readAttributes.set(attribute, named.place);
  const otherwise = named.number('default');
  const of = ({ person }: Frame): number => {
    const value = person.get(attribute);
    return typeof value === 'number' ? value : otherwise;
  };
  return { attribute, of };
}
