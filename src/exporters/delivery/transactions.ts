import { readdir } from 'node:fs/promises';
import { fhirDefaults } from '../fhir/fhir-options.js';
import { type BundleFile, bundleNames, readBundle } from './bundle-files.js';
import { ndjsonTransactions } from './ndjson-transactions.js';

/**
 * The transactions of a release, in the order in which they are to be posted: those in its folder `bundles`, else such as are
 * made of its files of NDJSON.
 * @throws {Error} when the folder has neither, or for a file that is not what its name says
 */
export async function* transactionsOf(folder: string): AsyncGenerator<BundleFile> {
  const names = await readdir(folder);
  if (names.includes('bundles')) {
    for (const name of await bundleNames(folder)) yield await readBundle(folder, name);
    return;
  }
  if (!names.some((name) => name.endsWith('.ndjson')))
    throw new Error(`${folder} has neither bundles nor files of NDJSON.`);
  yield* ndjsonTransactions(folder, {
    entriesMax: fhirDefaults.bundleEntriesMax,
    bytesMax: fhirDefaults.bundleBytesMax,
  });
}
