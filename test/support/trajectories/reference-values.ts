import type { Code } from '../../../src/generators/trajectories/codes.js';
import type { Stream } from '../../../src/generators/trajectories/person/stream.js';

/** JSON as it comes: the reference trusts its modules. */
export interface Json {
  readonly [name: string]: Json;
}

export const listOf = (value: Json | undefined): Json[] => (value ?? []) as unknown as Json[];
export const textOf = (value: Json | undefined): string => (value ?? '') as unknown as string;
export const numberOf = (value: Json | undefined): number => Number(value ?? NaN);
export const has = (value: Json | undefined): value is Json => value !== undefined && value !== null;

export function codeOf(json: Json): Code {
  const { system, code, display } = json as unknown as { system: string; code: string; display?: string };
  return { system, code: String(code), display: display ?? '' };
}

export function draw(stream: Stream, { kind, parameters, round }: Json): number {
  const value = drawUnrounded(stream, textOf(kind), parameters!);
  return round ? Math.round(value) : value;
}

function drawUnrounded(stream: Stream, kind: string, parameters: Json): number {
  const of = (name: string): number => numberOf(parameters[name]);
  if (kind === 'EXACT') return of('value');
  if (kind === 'UNIFORM') return between(stream, parameters);
  if (kind === 'EXPONENTIAL') return 1 + of('mean') * -Math.log(1 - stream.uniform());
  if (kind !== 'GAUSSIAN') throw new Error(`The reference knows no ${kind}.`);
  const value = of('mean') + of('standardDeviation') * stream.normal();
  const low = has(parameters['min']) ? of('min') : -Infinity;
  const high = has(parameters['max']) ? of('max') : Infinity;
  return value < low ? low : value > high ? high : value;
}

export function between(stream: Stream, { low, high, decimals }: Json): number {
  const value = numberOf(low) + (numberOf(high) - numberOf(low)) * stream.uniform();
  if (!has(decimals)) return value;
  return Math.round(value * 10 ** numberOf(decimals)) / 10 ** numberOf(decimals);
}

/** From `exact`, `range` or `distribution`. */
export function drawNumber(stream: Stream, json: Json): number | undefined {
  if (has(json['exact'])) return numberOf(json['exact']['quantity']);
  if (has(json['range'])) return between(stream, json['range']);
  return has(json['distribution']) ? draw(stream, json['distribution']) : undefined;
}

const secondsOf: Readonly<Record<string, number>> = {
  years: 365 * 86_400,
  months: 30 * 86_400,
  weeks: 7 * 86_400,
  days: 86_400,
  hours: 3600,
  minutes: 60,
  seconds: 1,
};

/** The form for exact quantities and ranges: parts of a unit count, down to the next smaller one. */
export function toMs(unit: string, value: number): number {
  if (unit === 'years') return Math.floor(value * 365.25) * 86_400_000;
  if (['months', 'weeks'].includes(unit)) return Math.floor((value * secondsOf[unit]!) / 86_400) * 86_400_000;
  if (unit === 'days') return Math.floor(value * 24) * 3_600_000;
  if (unit === 'hours') return Math.floor(value * 60) * 60_000;
  return Math.floor(value * secondsOf[unit]!) * 1000;
}

/** The form that counts whole units, with years of 365 days. */
export function wholeToMs(unit: string, value: number): number {
  return Math.trunc(value) * secondsOf[unit]! * 1000;
}

export function compare(operator: string, left: unknown, right: unknown): boolean {
  if (operator === 'is nil') return left === undefined;
  if (operator === 'is not nil') return left !== undefined;
  if (left === undefined || right === undefined || right === null) return false;
  const [a, b] = [comparable(left), comparable(right)];
  if (typeof a !== typeof b) throw new Error(`${String(a)} is compared with ${String(b)}.`);
  if (operator === '==') return a === b;
  if (operator === '!=') return a !== b;
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  return operator === '>' ? a > b : a >= b;
}

function comparable(value: unknown): string | number | boolean {
  if (typeof value !== 'object' || value === null) return value as string | number | boolean;
  const { system, code } = codeOf(value as Json);
  return `${system}|${code}`;
}
