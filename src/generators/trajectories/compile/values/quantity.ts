import type { Fields } from '../../library/fields.js';
import { compileDistribution, uniform, type Draw } from './distribution.js';
import { millisecondsOf, millisecondsOfWhole, timeUnits, type TimeUnit } from './time-units.js';

/** A number from `exact` or `range` (the first form of GMF) or else `distribution` (the second); null for none of them. */
export function compileNumber(fields: Fields): Draw | null {
  const exact = fields.optionalChild('exact');
  if (exact !== null) {
    const value = exact.number('quantity');
    return () => value;
  }
  const range = fields.optionalChild('range');
  if (range !== null) return rounded(uniform(range), range.optionalNumber('decimals'));
  const distribution = fields.optionalChild('distribution');
  return distribution === null ? null : compileDistribution(distribution);
}

function rounded(draw: Draw, decimals: number | null): Draw {
  if (decimals === null) return draw;
  const scale = 10 ** decimals;
  return (stream) => Math.round(draw(stream) * scale) / scale;
}

/**
 * Milliseconds from `exact`, `range` or `distribution` with its `unit`. `wholeUnits` cuts what a distribution draws to
 * whole units, as delays do and procedures do not.
 */
export function compileDuration(fields: Fields, { wholeUnits }: { wholeUnits: boolean }): Draw | null {
  const legacy = fields.optionalChild('exact') ?? fields.optionalChild('range');
  const draw = compileNumber(fields);
  if (draw === null) return null;
  const unit = readUnit(legacy ?? fields);
  return wholeUnits && legacy === null
    ? (stream) => millisecondsOfWhole(unit, draw(stream))
    : (stream) => millisecondsOf(unit, draw(stream));
}

/** The milliseconds of a delay that always waits equally long; NaN for any other. */
export function constantDelay(fields: Fields): number {
  const exact = fields.optionalChild('exact');
  if (exact !== null) return millisecondsOf(readUnit(exact), exact.number('quantity'));
  const distribution = fields.has('range') ? null : fields.optionalChild('distribution');
  if (distribution?.values['kind'] !== 'EXACT' || distribution.flag('round')) return NaN;
  return millisecondsOfWhole(readUnit(fields), distribution.child('parameters').number('value'));
}

export function readUnit(fields: Fields): TimeUnit {
  return fields.oneOf('unit', timeUnits);
}
