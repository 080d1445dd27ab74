import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject } from 'ajv/dist/2020.js';
import { checkMapping } from './check-mapping.js';
import { MappingError } from './mapping-error.js';
import { mappingSchema } from './mapping-schema.js';
import type { Mapping } from './mapping.js';
import { YamlPlaces } from './yaml-places.js';

/** A mapping that is complete in itself, with the file it was read from, so that later faults can name their lines. */
export interface ReadMapping {
  readonly mapping: Mapping;
  readonly places: YamlPlaces;
}

const bytesMost = 1_000_000;
const faultsMost = 20;

const ajv = new Ajv2020({ allErrors: true, verbose: true, discriminator: true, strictRequired: false });
const isMapping = ajv.compile<Mapping>(mappingSchema);

/**
 * Reads a mapping file (YAML 1.2, or JSON, which is part of it).
 * @throws {MappingError} whose faults each name file, line and path
 */
export function readMapping(file: string, source: string): ReadMapping {
  if (source.length > bytesMost)
    throw new MappingError([`${file}: it is longer than ${bytesMost} characters, and no mapping is.`]);
  const places = YamlPlaces.read(file, source);
  const value = places.toValue();
  if (!isMapping(value)) {
    const faults = (isMapping.errors ?? []).filter(isCause).map((error) => faultOf(places, error));
    throw new MappingError([...new Set(faults)].slice(0, faultsMost));
  }
  const faults = checkMapping(value).map(({ path, problem }) => places.fault(path, problem));
  if (faults.length > 0) throw new MappingError(faults.slice(0, faultsMost));
  return { mapping: value, places };
}

/** What follows from another error says nothing more: the branches of a choice, and a condition's `then`. */
function isCause({ schemaPath, keyword }: ErrorObject): boolean {
  return !/\/(oneOf|anyOf)\/\d+\/required$/.test(schemaPath) && keyword !== 'if';
}

function faultOf(places: YamlPlaces, error: ErrorObject): string {
  const path: (string | number)[] = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const { additionalProperty } = error.params as { additionalProperty?: string };
  if (additionalProperty === undefined) return places.fault(path, problemOf(error));
  return places.fault([...path, additionalProperty], 'there is nothing of this name here.');
}

function problemOf({ keyword, params, message, schema, data }: ErrorObject): string {
  const given = params as Readonly<Record<string, unknown>>;
  switch (keyword) {
    case 'enum':
    case 'const':
      return `it is not one of ${listOf(given['allowedValues'] ?? [given['allowedValue']])}.`;
    case 'discriminator':
      return `${listOf([given['tag']])} is ${listOf([given['tagValue']])}, which there is not.`;
    case 'required':
      return `"${String(given['missingProperty'])}" is missing.`;
    case 'dependentRequired':
      return `"${String(given['property'])}" needs "${String(given['missingProperty'])}".`;
    case 'oneOf':
      return `give exactly one of: ${alternatives(schema)}.`;
    case 'anyOf':
      return `give at least one of: ${alternatives(schema)}.`;
    case 'type':
      if (given['type'] === 'string' && typeof data !== 'object')
        return 'it is read as a number, a truth value or nothing; put it in quotes.';
      return `it is not of type ${String(given['type'])}.`;
    default:
      return `it ${message ?? 'is wrong'}.`;
  }
}

function alternatives(schema: unknown): string {
  const branches = Array.isArray(schema) ? (schema as readonly { readonly required?: unknown }[]) : [];
  return branches
    .map(({ required }) => (Array.isArray(required) ? required.map(String).join(' with ') : '?'))
    .join('; ');
}

function listOf(values: unknown): string {
  return Array.isArray(values) ? values.map((value) => JSON.stringify(value)).join(', ') : String(values);
}
