import type { Fields } from '../../library/fields.js';
import type { Stream } from '../../person/stream.js';

/** Draws a value. */
export type Draw = (stream: Stream) => number;

const kinds = ['EXACT', 'UNIFORM', 'GAUSSIAN', 'EXPONENTIAL', 'TRIANGULAR'] as const;

const drawOf: Readonly<Record<(typeof kinds)[number], (parameters: Fields) => Draw>> = {
  EXACT: (parameters) => {
    const value = parameters.number('value');
    return () => value;
  },
  UNIFORM: (parameters) => uniform(parameters),
  GAUSSIAN: (parameters) => gaussian(parameters),
  // GMF shifts the exponential distribution by one.
  EXPONENTIAL: (parameters) => {
    const mean = parameters.number('mean');
    return (stream) => 1 - mean * Math.log(1 - stream.uniform());
  },
  TRIANGULAR: (parameters) => triangular(parameters),
};

/** A GMF distribution: `{kind, parameters, round?}`. */
export function compileDistribution(fields: Fields): Draw {
  const draw = drawOf[fields.oneOf('kind', kinds)](fields.child('parameters'));
  return fields.flag('round') ? (stream) => Math.round(draw(stream)) : draw;
}

/** Uniform between `low` and `high` of an object. */
export function uniform(fields: Fields): Draw {
  const low = fields.number('low');
  const width = fields.number('high') - low;
  if (width < 0) fields.note('warning', 'high', 'is below "low".');
  return (stream) => low + width * stream.uniform();
}

/** Normal, and set to the bound where it falls outside. */
function gaussian(parameters: Fields): Draw {
  const mean = parameters.number('mean');
  const deviation = parameters.number('standardDeviation');
  const min = parameters.optionalNumber('min') ?? -Infinity;
  const max = parameters.optionalNumber('max') ?? Infinity;
  if (deviation < 0) parameters.fail('standardDeviation', 'is below 0.');
  return (stream) => Math.min(max, Math.max(min, mean + deviation * stream.normal()));
}

/** By the inverse of the distribution function. */
function triangular(parameters: Fields): Draw {
  const [min, mode, max] = [parameters.number('min'), parameters.number('mode'), parameters.number('max')];
  if (!(min <= mode && mode <= max && min < max)) parameters.fail('mode', 'is not between "min" and "max".');
  const peak = (mode - min) / (max - min);
  return (stream) => {
    const u = stream.uniform();
    return u < peak
      ? min + Math.sqrt(u * (max - min) * (mode - min))
      : max - Math.sqrt((1 - u) * (max - min) * (max - mode));
  };
}
