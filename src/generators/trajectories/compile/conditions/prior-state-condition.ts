import type { Fields } from '../../library/fields.js';
import type { Scope } from '../scope.js';
import { millisecondsOfWhole } from '../values/time-units.js';
import { readUnit } from '../values/quantity.js';
import type { CompiledCondition } from '../compiled-condition.js';
import { condition } from './condition.js';

/**
 * Whether the module was in a state: since another one, and left it less than `within` ago. The state it is in counts.
 * Entries of a history leave in their order, so the newest entry of each name answers both questions.
 */
export function priorStateCondition(fields: Fields, { names, findings }: Scope): CompiledCondition {
  const name = names.states.id(fields.text('name'));
  const sinceName = fields.optionalText('since');
  const since = sinceName === null ? -1 : names.states.id(sinceName);
  const within = withinOf(fields);
  findings.tracked.add(name);
  if (since >= 0) findings.tracked.add(since);
  return condition(
    ({ seen }, time) => {
      const entry = seen.get(name);
      if (entry === undefined) return false;
      if (since >= 0 && (seen.get(since)?.position ?? -1) >= entry.position) return false;
      return !(entry.exited <= time - within);
    },
    {
      changesAt: ({ seen }, time) => {
        const expires = (seen.get(name)?.exited ?? NaN) + within;
        return expires > time ? expires : Infinity;
      },
    },
  );
}

function withinOf(fields: Fields): number {
  const within = fields.optionalChild('within');
  return within === null ? Infinity : millisecondsOfWhole(readUnit(within), within.number('quantity'));
}
