import { readdir } from 'node:fs/promises';
import { fhirDefaults } from '../fhir/fhir-options.js';
import { type BundleFile, bundleNames, readBundle } from './bundle-files.js';
import { ndjsonTransactions } from './ndjson-transactions.js';

/** Where a release lies. */
export interface ReleaseFiles {
  /** With a folder `bundles`, or with files of NDJSON such as an export gives. */
  readonly folder: string;
  /** The files of NDJSON that are meant; null: whatever the folder has. */
  readonly names: readonly string[] | null;
}

/**
 * The transactions of a release, in the order in which they are to be posted: those in its folder `bundles`, else such as are
 * made of its files of NDJSON.
 * @throws {Error} when the folder has neither, or for a file that is not what its name says
 */
export async function* transactionsOf({ folder, names }: ReleaseFiles): AsyncGenerator<BundleFile> {
  const found = names ?? (await readdir(folder));
  if (found.includes('bundles')) {
    const bundles = await bundleNames(folder);
    for (const [place, name] of bundles.entries())
      yield { ...(await readBundle(folder, name)), share: place / bundles.length };
    return;
  }
  const files = found.filter((name) => name.endsWith('.ndjson')).sort();
  if (files.length === 0) throw new Error(`${folder} has neither bundles nor files of NDJSON.`);
  yield* ndjsonTransactions(folder, files, {
    entriesMax: fhirDefaults.bundleEntriesMax,
    bytesMax: fhirDefaults.bundleBytesMax,
  });
}
