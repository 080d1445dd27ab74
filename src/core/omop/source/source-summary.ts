import { OmopSourceError } from './omop-source-error.js';

/** What an extraction says of itself; kept as provenance of what is made from it. */
export interface ExtractSummary {
  readonly gitSha: string | null;
  /** When it was made, as it is written there. */
  readonly madeAt: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Reads `extract_summary.json` of OMOP-ES. @throws {OmopSourceError} when it is not that */
export function readExtractSummary(text: string): ExtractSummary {
  const refuse = (why: string): never => {
    throw new OmopSourceError(null, `extract_summary.json ${why}.`);
  };
  let summary: unknown;
  try {
    summary = JSON.parse(text);
  } catch {
    return refuse('is not JSON');
  }
  if (!isObject(summary)) return refuse('is not an object');
  const { settings = {}, gitsha, datetime } = summary;
  if (!isObject(settings)) return refuse('has "settings" that are no object');
  return {
    gitSha: typeof gitsha === 'string' ? gitsha : null,
    madeAt: typeof datetime === 'string' ? datetime : null,
    settings,
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
