import { FhirRefusal } from './operation-outcome.js';

export type ExportLevel = 'system' | 'Patient' | 'Group';

/** What an export was asked for. */
export interface ExportRequest {
  readonly level: ExportLevel;
  /** Null: all types. */
  readonly types: readonly string[] | null;
  /** ms since 1970; null: from the beginning. */
  readonly since: number | null;
}

export interface ExportHeaders {
  readonly accept: string | undefined;
  readonly prefer: string | undefined;
}

const outputFormats = ['application/fhir+ndjson', 'application/ndjson', 'ndjson'];
const known = ['_outputFormat', '_since', '_type'];
const instant = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/**
 * The parameters of a kick-off (FHIR Bulk Data Access 2.0, "Bulk Data Kick-off Request").
 * @throws {FhirRefusal} for what is not understood, unless the client prefers leniency
 */
export function readExportRequest(
  level: ExportLevel,
  query: Readonly<Record<string, unknown>>,
  headers: ExportHeaders,
): ExportRequest {
  const prefer = headers.prefer ?? '';
  const isLenient = prefer.includes('handling=lenient');
  refuseHeaders(headers.accept, prefer);
  const unknown = Object.keys(query).find((name) => !known.includes(name));
  if (unknown !== undefined && !isLenient)
    throw new FhirRefusal(400, 'not-supported', `The parameter ${unknown} is not supported here.`);
  const format = textOf(query, '_outputFormat');
  if (format !== null && !outputFormats.includes(format))
    throw new FhirRefusal(400, 'not-supported', `_outputFormat is one of ${outputFormats.join(', ')}.`);
  const types = textOf(query, '_type');
  return { level, types: types === null ? null : types.split(',').filter(Boolean), since: sinceOf(query) };
}

/** The types of which there is nothing are left out for those who prefer leniency, and refused else. */
export function exportedTypes(
  { types }: ExportRequest,
  there: readonly string[],
  prefer: string | undefined,
): readonly string[] {
  if (types === null) return there;
  const missing = types.find((type) => !there.includes(type));
  if (missing !== undefined && !(prefer ?? '').includes('handling=lenient'))
    throw new FhirRefusal(400, 'not-supported', `The release has no resources of type ${missing}.`);
  return there.filter((type) => types.includes(type));
}

function refuseHeaders(accept: string | undefined, prefer: string): void {
  const takes = accept === undefined || /application\/(fhir\+json|json|\*)|\*\/\*/.test(accept);
  if (!takes) throw new FhirRefusal(406, 'not-supported', 'Accept application/fhir+json.');
  if (!prefer.includes('respond-async'))
    throw new FhirRefusal(400, 'invalid', 'An export is asynchronous: send Prefer: respond-async.');
}

function textOf(query: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = query[name];
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.join(',');
  if (typeof value === 'string') return value;
  throw new FhirRefusal(400, 'invalid', `${name} is not a text.`);
}

function sinceOf(query: Readonly<Record<string, unknown>>): number | null {
  const text = textOf(query, '_since');
  if (text === null) return null;
  // A plus sign that was not escaped arrives as a space.
  const time = instant.test(text.replace(' ', '+')) ? Date.parse(text.replace(' ', '+')) : NaN;
  if (Number.isNaN(time)) throw new FhirRefusal(400, 'invalid', '_since is not an instant.');
  return time;
}
