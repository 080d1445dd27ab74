import { isDateTime, spanOf } from '../primitives/date-text.js';
import type { Fields } from '../compile/run.js';
import { has, hasChoice, isOneOf, objectsOf } from './expressions.js';
import type { Invariants } from './invariant.js';

const ucum = 'http://unitsofmeasure.org';
const isUcumOrNone = (it: Fields): boolean => it['system'] === undefined || it['system'] === ucum;
const codeWithValue = (it: Fields): boolean => has(it, 'code') || !has(it, 'value');

/** Those of data types (https://hl7.org/fhir/R4/datatypes.html), by key. */
export const dataTypeInvariants: Invariants = {
  'ext-1': (it) => has(it, 'extension') !== hasChoice(it, 'value'),
  'qty-3': (it) => !has(it, 'code') || has(it, 'system'),
  'sqty-1': (it) => !has(it, 'comparator'),
  'mqty-1': (it) => codeWithValue(it) && isOneOf(it['system'] ?? currencies, currencies),
  'age-1': (it) => codeWithValue(it) && isUcumOrNone(it) && !(Number(it['value']) <= 0),
  'cnt-3': (it) =>
    codeWithValue(it) &&
    isUcumOrNone(it) &&
    isOneOf(it['code'] ?? '1', '1') &&
    Number.isInteger(it['value'] ?? 0),
  'dis-1': (it) => codeWithValue(it) && isUcumOrNone(it),
  'drt-1': (it) => !has(it, 'code') || (it['system'] === ucum && has(it, 'value')),
  'att-1': (it) => !has(it, 'data') || has(it, 'contentType'),
  'cpt-2': (it) => !has(it, 'value') || has(it, 'system'),
  'exp-1': (it) => has(it, 'expression') || has(it, 'reference'),
  'drq-1': (it) => has(it, 'path') !== has(it, 'searchParam'),
  'drq-2': (it) => has(it, 'path') !== has(it, 'searchParam'),
  'per-1': ({ start, end }) => isInOrder(start, end),
  'rng-2': ({ low, high }) => isRangeInOrder(low, high),
  'rat-1': (it) =>
    has(it, 'numerator') === has(it, 'denominator') && (has(it, 'numerator') || has(it, 'extension')),
  'tim-1': (it) => !has(it, 'duration') || has(it, 'durationUnit'),
  'tim-2': (it) => !has(it, 'period') || has(it, 'periodUnit'),
  'tim-4': (it) => !(Number(it['duration']) < 0),
  'tim-5': (it) => !(Number(it['period']) < 0),
  'tim-6': (it) => !has(it, 'periodMax') || has(it, 'period'),
  'tim-7': (it) => !has(it, 'durationMax') || has(it, 'duration'),
  'tim-8': (it) => !has(it, 'countMax') || has(it, 'count'),
  'tim-9': ({ offset, when }) =>
    offset === undefined ||
    (Array.isArray(when) && !(when as unknown[]).some((one) => isOneOf(one, 'C', 'CM', 'CD', 'CV'))),
  'tim-10': (it) => !has(it, 'timeOfDay') || !has(it, 'when'),
  'trd-1': (it) => !has(it, 'data') || !hasChoice(it, 'timing'),
  'trd-2': (it) => !has(it, 'condition') || has(it, 'data'),
  'trd-3': (it) => isTriggerWhole(it),
};

const currencies = 'urn:iso:std:iso:4217';

/** Whether `end` is not before `start`, as far as their precision tells. What is no date is not judged here. */
export function isInOrder(start: unknown, end: unknown): boolean {
  if (typeof start !== 'string' || typeof end !== 'string') return true;
  if (!isDateTime(start) || !isDateTime(end)) return true;
  return spanOf(start).from < spanOf(end).to;
}

/** Quantities of different units are not compared. */
function isRangeInOrder(low: unknown, high: unknown): boolean {
  const [lower] = objectsOf(low);
  const [upper] = objectsOf(high);
  if (lower === undefined || upper === undefined) return true;
  if (lower['code'] !== upper['code'] || lower['unit'] !== upper['unit']) return true;
  return !(Number(lower['value']) > Number(upper['value']));
}

function isTriggerWhole(it: Fields): boolean {
  if (it['type'] === 'named-event') return has(it, 'name');
  if (it['type'] === 'periodic') return hasChoice(it, 'timing');
  return !String(it['type']).startsWith('data-') || has(it, 'data');
}
