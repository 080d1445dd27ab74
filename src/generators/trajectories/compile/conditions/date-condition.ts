import type { Fields } from '../../library/fields.js';
import { numberTest } from './compare.js';
import type { CompiledCondition } from '../compiled-condition.js';
import { condition } from './condition.js';
import { compareNumbers, comparisons } from './compare.js';

/** The year, the month (1 to 12) or the moment, in UTC. */
export function dateCondition(fields: Fields): CompiledCondition {
  if (fields.has('year')) return yearCondition(fields);
  if (fields.has('month')) return monthCondition(fields);
  return momentCondition(fields);
}

function yearCondition(fields: Fields): CompiledCondition {
  const test = numberTest(fields, 'year');
  const year = fields.optionalNumber('year') ?? 0;
  const turns = [Date.UTC(year, 0), Date.UTC(year + 1, 0)];
  // Asked for often: between the two turns the answer cannot change.
  const [before, within, after] = [test(year - 1), test(year), test(year + 1)];
  const [first = 0, second = 0] = turns;
  return condition((_, time) => (time < first ? before : time < second ? within : after), {
    changesAt: (_, time) => turns.find((turn) => turn > time) ?? Infinity,
  });
}

function monthCondition(fields: Fields): CompiledCondition {
  const test = numberTest(fields, 'month');
  return condition((_, time) => test(new Date(time).getUTCMonth() + 1), {
    changesAt: (_, time) => {
      const date = new Date(time);
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
    },
  });
}

function momentCondition(fields: Fields): CompiledCondition {
  const date = fields.child('date');
  const part = (name: string, otherwise: number): number => date.optionalNumber(name) ?? otherwise;
  const moment = Date.UTC(
    date.number('year'),
    part('month', 1) - 1,
    part('day', 1),
    part('hour', 0),
    part('minute', 0),
    part('second', 0),
    part('millisecond', 0),
  );
  const compare = compareNumbers[fields.oneOf('operator', comparisons)];
  return condition((_, time) => compare(time, moment), {
    changesAt: (_, time) => [moment, moment + 1].find((turn) => turn > time) ?? Infinity,
  });
}
