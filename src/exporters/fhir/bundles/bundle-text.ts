import type { FhirContext } from '../fhir-context.js';
import { instantText } from '../json/moment-text.js';
import { toAscii } from '../json/quote.js';
import { idOf, type ResourceText } from '../resource-taker.js';

type BundleType = 'transaction' | 'collection';

/** A base for the absolute urls of entries where the release is not served; `.invalid` is nobody's (RFC 2606). */
const nowhere = 'https://picketfence.invalid/fhir';

/**
 * How entries stand in a bundle. Urls are literal, so that the references in the resources resolve within the bundle; the
 * ids are ours, so that posting twice changes nothing.
 */
export class BundleForm {
  readonly #base: string;

  constructor(
    private readonly context: FhirContext,
    baseUrl: string | undefined,
  ) {
    this.#base = baseUrl ?? nowhere;
  }

  /** @param name what the bundle's id is made from */
  open(type: BundleType, name: string): string {
    const { context } = this;
    const start = {
      resourceType: 'Bundle',
      id: context.ids.shared('Bundle', name),
      meta: context.meta(),
      type,
      timestamp: instantText(context.facts.madeOn),
    };
    return `${toAscii(JSON.stringify(start)).slice(0, -1)},"entry":[`;
  }

  entry(type: BundleType, resource: ResourceText): string {
    const url = `${resource.type}/${idOf(resource)}`;
    return `${this.entryOpen(url)}${resource.json}${this.entryClose(type, url)}`;
  }

  /** What comes before a resource that is given in pieces. @param url `Type/id` */
  entryOpen(url: string): string {
    return `{"fullUrl":"${this.#base}/${url}","resource":`;
  }

  entryClose(type: BundleType, url: string): string {
    return type === 'transaction' ? `,"request":{"method":"PUT","url":"${url}"}}` : '}';
  }

  readonly close = ']}';
}
