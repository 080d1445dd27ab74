import { FhirRefusal } from './operation-outcome.js';
import type { Search } from './fhir-releases.service.js';

const countDefault = 50;
const countMost = 1_000;
const known = ['_id', 'patient', '_count', '_offset', '_format'];

/**
 * The parameters of a search (R4, 3.1.1): `_id`, `patient`, `_count` and, for the next page, `_offset`.
 * @throws {FhirRefusal} for any other
 */
export function readSearchRequest(query: Readonly<Record<string, unknown>>): Search {
  const unknown = Object.keys(query).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new FhirRefusal(400, 'not-supported', `The parameter ${unknown} is not supported here.`);
  const ids = textOf(query, '_id');
  const patient = textOf(query, 'patient');
  return {
    ...(ids === null ? {} : { ids: ids.split(',').filter(Boolean) }),
    ...(patient === null ? {} : { patient: patient.replace(/^Patient\//, '') }),
    count: numberOf(query, '_count', countDefault, countMost),
    offset: numberOf(query, '_offset', 0, Number.MAX_SAFE_INTEGER),
  };
}

function textOf(query: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = query[name];
  if (value === undefined) return null;
  if (typeof value === 'string') return value;
  throw new FhirRefusal(400, 'invalid', `${name} is there more than once.`);
}

function numberOf(
  query: Readonly<Record<string, unknown>>,
  name: string,
  left: number,
  most: number,
): number {
  const text = textOf(query, name);
  if (text === null) return left;
  if (!/^\d{1,15}$/.test(text)) throw new FhirRefusal(400, 'invalid', `${name} is not a whole number.`);
  return Math.min(Number(text), most);
}

/** The resources as a Bundle of type searchset, as text: what is in it is written already. */
export function searchBundle(
  base: string,
  type: string,
  { search, resources, total }: { search: Search; resources: readonly string[]; total: number },
): string {
  const query = new URLSearchParams();
  if (search.ids) query.set('_id', search.ids.join(','));
  if (search.patient !== undefined) query.set('patient', search.patient);
  query.set('_count', String(search.count));
  const link = (relation: string, offset: number): object => {
    query.set('_offset', String(offset));
    return { relation, url: `${base}/${type}?${query.toString()}` };
  };
  const next = search.offset + resources.length;
  const links = [
    link('self', search.offset),
    ...(resources.length > 0 && next < total ? [link('next', next)] : []),
  ];
  const head = JSON.stringify({ resourceType: 'Bundle', type: 'searchset', total, link: links });
  const entries = resources.map((resource) => {
    const { id } = JSON.parse(resource) as { id: string };
    return `{"fullUrl":${JSON.stringify(`${base}/${type}/${id}`)},"resource":${resource},"search":{"mode":"match"}}`;
  });
  return entries.length === 0 ? head : `${head.slice(0, -1)},"entry":[${entries.join(',')}]}`;
}
