import type { Directory } from '../../../core/events/directory.js';
import type { PatientRecord } from '../../../core/events/patient-record.js';
import type { ReleaseFacts } from '../../clinical-writer.js';
import { FhirContext } from '../fhir-context.js';
import type { FhirOptions } from '../fhir-options.js';
import { give, renderRecord } from '../render-record.js';
import type { ResourceText } from '../resource-taker.js';
import { directoryResources, type DirectoryResource } from '../resources/directory.js';
import { BundleForm } from './bundle-text.js';
import { inLoadingOrder } from './loading-order.js';

interface CollectionInput {
  readonly record: PatientRecord;
  readonly directory: Directory;
  readonly facts: ReleaseFacts;
}

/**
 * One person to read: a bundle of type `collection` with the record and what it refers to. Servers do not load it.
 *
 * @returns JSON
 * @throws {Error} for what cannot be said in FHIR, or is not in the directory
 */
export function collectionBundle(
  { record, directory, facts }: CollectionInput,
  options: Pick<FhirOptions, 'profiles' | 'baseUrl'>,
): string {
  const context = new FhirContext(facts, options.profiles);
  const resources: ResourceText[] = [];
  const take = (type: string, json: string): void => {
    resources.push({ type, json });
  };
  const patient = renderRecord(record, context, take);
  for (const shared of referredTo(directoryResources(directory, context), resources)) give(take, shared);
  context.checkDirectory(directory);
  const form = new BundleForm(context, options.baseUrl);
  const entries = inLoadingOrder(resources).map((resource) => form.entry('collection', resource));
  return `${form.open('collection', `collection/${patient}`)}${entries.join(',')}${form.close}`;
}

/** Of the directory, what the record names, and the organisations of that. */
function referredTo(
  shared: readonly DirectoryResource[],
  resources: readonly ResourceText[],
): DirectoryResource[] {
  const record = resources.map(({ json }) => json).join('\n');
  const named = (resource: DirectoryResource, text: string): boolean =>
    text.includes(`"${resource.resourceType}/${resource.id ?? ''}"`);
  const direct = shared.filter((resource) => named(resource, record));
  const text = JSON.stringify(direct);
  return shared.filter((resource) => direct.includes(resource) || named(resource, text));
}
