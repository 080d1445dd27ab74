import { ParameterError } from '../../parameter-error.js';
import { numberEncodings } from './table-layout.js';
import type { NumberEncoding } from './table-layout.js';

/** JSON Schema of the property. */
export const encodingProperties = (usual: NumberEncoding): Readonly<Record<string, unknown>> => ({
  numbers: { enum: numberEncodings, default: usual },
});

/** @throws {ParameterError} */
export function parseEncoding(given: unknown, usual: NumberEncoding): NumberEncoding {
  const found = numberEncodings.find((name) => name === (given ?? usual));
  if (found === undefined)
    throw new ParameterError(
      'numbers',
      `${JSON.stringify(given)} is not one of ${numberEncodings.join(', ')}`,
    );
  return found;
}
