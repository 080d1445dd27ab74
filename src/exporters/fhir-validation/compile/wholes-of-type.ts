import { wholeReference } from './reference-check.js';
import type { ObjectCheck } from './object-check.js';
import type { Fields, Run } from './run.js';
import type { ResourcePlaces } from './resource-places.js';

/** What is looked at in every value of a type beyond its definition. */
export function wholesOfType(type: string, places: ResourcePlaces): ObjectCheck['wholes'] {
  switch (type) {
    case 'Extension':
      return [places.extension];
    case 'Reference':
      return [wholeReference];
    case 'Coding':
    case 'Quantity':
    case 'SimpleQuantity':
    case 'Age':
    case 'Duration':
      return [tellSystem];
    case 'Identifier':
      return [tellIdentifier];
    default:
      return [];
  }
}

function tellSystem({ system }: Fields, run: Run): void {
  if (run.watch !== undefined && typeof system === 'string') run.watch.system(system, run);
}

function tellIdentifier(fields: Fields, run: Run): void {
  run.watch?.identifier(fields, run);
}
