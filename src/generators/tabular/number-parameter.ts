import { ParameterError } from './parameter-error.js';

/** The default of a whole-number parameter and the least and the greatest value it takes. */
export interface NumberParameter {
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** @throws {ParameterError} */
export function parseNumberParameter(
  name: string,
  { default: standard, minimum, maximum }: NumberParameter,
  value: unknown,
): number {
  if (value === undefined) return standard;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < minimum || value > maximum) {
    throw new ParameterError(
      name,
      `${JSON.stringify(value)} is not a whole number from ${minimum} to ${maximum}`,
    );
  }
  return value;
}
