import type { Request } from 'express';
import { readBody } from '../platform/index.js';
import { FhirRefusal } from './operation-outcome.js';

const bytesMost = 64 * 1024;
const valuePattern = /^value[A-Z]/;

/**
 * What an export is asked for with: the query, or the resource Parameters that was posted (R4, "Executing an operation").
 * @returns texts by name; a list where a name comes more than once
 * @throws {FhirRefusal} for a body that is no Parameters
 */
export async function exportParameters(request: Request): Promise<Readonly<Record<string, unknown>>> {
  if (request.method !== 'POST') return request.query;
  if (!/^application\/(?:fhir\+)?json\s*(?:;|$)/i.test(request.get('content-type') ?? ''))
    throw new FhirRefusal(400, 'invalid', 'Post a resource Parameters: application/fhir+json.');
  const body = await readBody(request, bytesMost);
  if (body === null) throw new FhirRefusal(413, 'too-costly', `Parameters have at most ${bytesMost} bytes.`);
  const texts = new Map<string, string[]>();
  for (const { name, value } of parametersIn(body)) texts.set(name, [...(texts.get(name) ?? []), value]);
  return Object.fromEntries([...texts].map(([name, all]) => [name, all.length === 1 ? all[0] : all]));
}

function parametersIn(body: string): { readonly name: string; readonly value: string }[] {
  const { resourceType, parameter = [] } = parsed(body);
  if (resourceType !== 'Parameters' || !Array.isArray(parameter))
    throw new FhirRefusal(400, 'invalid', 'The body is no resource Parameters.');
  return (parameter as unknown[]).map((one) => {
    const { name, ...rest } = isObject(one) ? one : {};
    const [[, value] = [], ...others] = Object.entries(rest).filter(([key]) => valuePattern.test(key));
    if (typeof name !== 'string' || typeof value !== 'string' || others.length > 0)
      throw new FhirRefusal(400, 'invalid', 'A parameter has a name and one value that is a text.');
    return { name, value };
  });
}

function parsed(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
