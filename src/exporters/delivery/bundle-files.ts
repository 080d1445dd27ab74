import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';

/** A JSON object of a FHIR resource, as far as delivering it asks. */
export type Resource = Readonly<Record<string, unknown>> & { readonly resourceType: string };

export interface Transaction {
  readonly resourceType: 'Bundle';
  readonly type: 'transaction';
  readonly entry: readonly {
    readonly resource: Resource;
    readonly request: { readonly method: 'PUT'; readonly url: string };
  }[];
}

export interface BundleFile {
  readonly name: string;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
  readonly bundle: Transaction;
  /** How much of the release comes before it, 0 to 1. */
  readonly share: number;
}

/** Names of the transactions that lie in a folder, in the order in which they are to be posted. */
export async function bundleNames(folder: string): Promise<string[]> {
  const found = await readdir(path.join(folder, 'bundles'), { recursive: true });
  return found
    .filter((name) => name.endsWith('.json'))
    .map((name) => `bundles/${name.split(path.sep).join('/')}`)
    .sort();
}

/** @throws {Error} naming the file, when it is not a transaction of PUTs */
export async function readBundle(folder: string, name: string): Promise<Omit<BundleFile, 'share'>> {
  const text = await readFile(path.join(folder, name), 'utf8');
  const bundle = JSON.parse(text) as Partial<Transaction> | null;
  const isTransaction = bundle?.resourceType === 'Bundle' && bundle.type === 'transaction';
  if (!isTransaction || !Array.isArray(bundle.entry)) throw new Error(`${name} is not a transaction.`);
  const transaction = bundle as Transaction;
  for (const [place, { request }] of transaction.entry.entries())
    if ((request.method as string) !== 'PUT') throw new Error(`${name}: entry ${place} is not a PUT.`);
  return { name, sha256: sha256Hex(text), bundle: transaction };
}
