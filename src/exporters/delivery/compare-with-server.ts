import { isDeepStrictEqual } from 'node:util';
import type { Resource, Transaction } from './bundle-files.js';

interface Answer {
  readonly response?: { readonly status?: string };
  readonly resource?: Resource;
}

/** What a server has of a bundle: urls of resources that are the same, that are not there, and that are others. */
export interface Comparison {
  readonly same: readonly string[];
  readonly missing: readonly string[];
  readonly other: readonly string[];
}

/** A batch that asks for every resource of a transaction. */
export function readsOf({ entry }: Transaction): Resource {
  const reads = entry.map(({ request }) => ({ request: { method: 'GET', url: request.url } }));
  return { resourceType: 'Bundle', type: 'batch', entry: reads };
}

/**
 * @param answer the server's answer to {@link readsOf}
 * @throws {Error} when it is not one answer an entry, or one of them says neither found nor not found
 */
export function compareWithServer({ entry }: Transaction, answer: Resource): Comparison {
  const answers = (answer['entry'] ?? []) as readonly Answer[];
  if (answers.length !== entry.length)
    throw new Error(`The server gave ${answers.length} answers to ${entry.length} reads.`);
  const comparison = { same: [] as string[], missing: [] as string[], other: [] as string[] };
  for (const [place, { resource, request }] of entry.entries()) {
    const found = answers[place];
    const status = found?.response?.status ?? '';
    if (/^(404|410)/.test(status)) comparison.missing.push(request.url);
    else if (status.startsWith('200') && found?.resource !== undefined)
      comparison[isSame(resource, found.resource) ? 'same' : 'other'].push(request.url);
    else throw new Error(`The server answers "${status}" to GET ${request.url}.`);
  }
  return comparison;
}

/** The same but for what a server writes itself: version, time and the narrative. */
function isSame(ours: Resource, theirs: Resource): boolean {
  return isDeepStrictEqual(withoutServerParts(ours), withoutServerParts(theirs));
}

function withoutServerParts(resource: Resource): object {
  const kept: Record<string, unknown> = { ...resource };
  delete kept['text'];
  const meta: Record<string, unknown> = { ...(resource['meta'] as object | undefined) };
  delete meta['versionId'];
  delete meta['lastUpdated'];
  return { ...kept, meta };
}
