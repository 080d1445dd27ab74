import { Client } from 'fhir-kit-client';
import type { BundleFile, Resource, Transaction } from './bundle-files.js';
import { compareWithServer, readsOf } from './compare-with-server.js';
import { DeliveryState } from './delivery-state.js';
import { transactionsOf } from './transactions.js';
import { withRetries, type Retries } from './with-retries.js';

export interface Delivery {
  /** A release: with a folder `bundles`, or with files of NDJSON such as an export gives. */
  readonly folder: string;
  /** The base of a FHIR R4 server. */
  readonly baseUrl: string;
  /** Headers of every request, such as `Authorization`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Which bundles were taken; made when it is not there. */
  readonly stateFile: string;
  /** Only looks at what the server has: nothing is written to it, nor to the state file. */
  readonly isDryRun: boolean;
  readonly retries: Retries;
}

/** Names of bundles, each in one list. */
export interface DeliveryReport {
  /** Posted now; in a dry run, what would be. */
  readonly posted: readonly string[];
  /** Not posted, as the server has all of it already. */
  readonly unchanged: readonly string[];
  /** Not looked at, as the state file says that the server has taken it. */
  readonly skipped: readonly string[];
  /** Not posted, as the server has something else under an id; urls are `Type/id`. */
  readonly conflicts: readonly { readonly bundle: string; readonly urls: readonly string[] }[];
}

/**
 * Loads the bundles of a release into a FHIR server, in their order, each as one transaction. The server is asked first what
 * it has: what is there already is not posted again, and what is something else is never written over.
 *
 * @throws {Error} naming the bundle that the server does not take, or that has what is not marked as test data; the state file says what it took before
 */
export async function deliverBundles(delivery: Delivery): Promise<DeliveryReport> {
  const { folder, baseUrl, stateFile, isDryRun } = delivery;
  const client = new Client({ baseUrl, customHeaders: { ...delivery.headers } });
  const state = await DeliveryState.open(stateFile, baseUrl);
  const report = {
    ...{ posted: [] as string[], unchanged: [] as string[], skipped: [] as string[] },
    conflicts: [] as { bundle: string; urls: readonly string[] }[],
  };
  for await (const file of transactionsOf(folder)) {
    const { name } = file;
    if (state.has(name, file.sha256)) {
      report.skipped.push(name);
      continue;
    }
    refuseUnmarked(file);
    const { outcome, urls } = await named(name, () => deliverOne(file, client, delivery));
    if (outcome === 'conflict') report.conflicts.push({ bundle: name, urls });
    else report[outcome].push(name);
    if (outcome !== 'conflict' && !isDryRun) await state.add(name, file.sha256);
  }
  return report;
}

/** What is delivered says of itself that nobody in it is real. */
function refuseUnmarked({ name, bundle }: BundleFile): void {
  const unmarked = bundle.entry.find(({ resource }) => !isMarked(resource));
  if (unmarked)
    throw new Error(`${name} was not delivered: ${unmarked.request.url} is not marked as test data (HTEST).`);
}

function isMarked({ meta }: Resource): boolean {
  const { security = [] } = (meta ?? {}) as { readonly security?: readonly { readonly code?: string }[] };
  return security.some(({ code }) => code === 'HTEST');
}

interface Delivered {
  readonly outcome: 'posted' | 'unchanged' | 'conflict';
  readonly urls: readonly string[];
}

async function deliverOne({ bundle }: BundleFile, client: Client, delivery: Delivery): Promise<Delivered> {
  const { retries, isDryRun } = delivery;
  const answer = await withRetries(() => client.batch({ body: readsOf(bundle) }), retries);
  const { other, missing } = compareWithServer(bundle, answer);
  if (other.length > 0) return { outcome: 'conflict', urls: other };
  if (missing.length === 0) return { outcome: 'unchanged', urls: [] };
  if (!isDryRun) await withRetries(() => post(bundle, client), retries);
  return { outcome: 'posted', urls: missing };
}

async function post(bundle: Transaction, client: Client): Promise<void> {
  await client.transaction({ body: { ...bundle, entry: [...bundle.entry] } });
}

async function named<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${name} was not delivered: ${reason}`, { cause: error });
  }
}
