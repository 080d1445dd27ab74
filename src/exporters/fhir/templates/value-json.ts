import type { Quantity, Value } from '../../../core/events/coded.js';
import { codeSystems } from '../../../core/events/code-systems.js';
import { fhirCode } from '../json/coding.js';
import type { ConceptCache } from '../json/concept-cache.js';
import { decimal, quote } from '../json/quote.js';

const units = new Map<string, string>();
const unitsMax = 10_000;

/** `,"unit":...` of a unit of UCUM, with the code; made once a unit. */
function ucumUnit(unit: string): string {
  let json = units.get(unit);
  if (json === undefined) {
    json = `,"unit":${quote(unit)},"system":"${codeSystems.ucum.uri}","code":${quote(fhirCode(unit))}`;
    if (units.size < unitsMax) units.set(unit, json);
  }
  return json;
}

function quantityJson({ value, unit, isUcum, comparator }: Quantity): string {
  const bound = comparator === undefined ? '' : `,"comparator":"${comparator}"`;
  if (unit === undefined) return `{"value":${decimal(value)}${bound}}`;
  return `{"value":${decimal(value)}${bound}${isUcum ? ucumUnit(unit) : `,"unit":${quote(unit)}`}}`;
}

/** `,"value...":...` with its comma. */
export function valueJson(value: Value, codes: ConceptCache): string {
  switch (value.kind) {
    case 'quantity':
      return `,"valueQuantity":${quantityJson(value.quantity)}`;
    case 'coded':
      return `,"valueCodeableConcept":{"coding":[${codes.coding(value.coded)}]}`;
    case 'text':
      return `,"valueString":${quote(value.text)}`;
    case 'boolean':
      return `,"valueBoolean":${value.boolean}`;
  }
}
