import { Client } from 'fhir-kit-client';
import type { BundleFile, Resource, Transaction } from './bundle-files.js';
import { compareWithServer, readsOf } from './compare-with-server.js';
import { DeliveryState } from './delivery-state.js';
import { type ReleaseFiles, transactionsOf } from './transactions.js';
import { withRetries, type Retries } from './with-retries.js';

export interface Delivery extends ReleaseFiles {
  /** The base of a FHIR R4 server. */
  readonly baseUrl: string;
  /** Headers of every request, such as `Authorization`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Which bundles were taken; made when it is not there. Null: the server alone is asked what it has. */
  readonly stateFile: string | null;
  /** Only looks at what the server has: nothing is written to it, nor to the state file. */
  readonly isDryRun: boolean;
  readonly retries: Retries;
  /** Ends the request that is under way and the delivery with it. */
  readonly signal: AbortSignal;
  /** Asked before each bundle, with the share that is done, 0 to 1: what it throws ends the delivery. */
  readonly mayGoOn: (share: number) => Promise<void>;
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

/** A delivery that ended before its end; the message says with which bundle, and why. */
export class DeliveryStopped extends Error {
  override readonly name = 'DeliveryStopped';

  constructor(
    message: string,
    /** What came of it until then. */
    readonly report: DeliveryReport,
    cause: unknown,
  ) {
    super(message, { cause });
  }
}

/** A bundle that is not, or not to be, taken by the server. */
export class BundleNotDelivered extends Error {
  override readonly name = 'BundleNotDelivered';
}

/**
 * Loads the bundles of a release into a FHIR server, in their order, each as one transaction. The server is asked first what
 * it has: what is there already is not posted again, and what is something else is never written over.
 *
 * @throws {DeliveryStopped} naming the bundle that the server does not take, or that has what is not marked as test data; the
 *   state file says what it took before
 */
export async function deliverBundles(delivery: Delivery): Promise<DeliveryReport> {
  const { baseUrl, stateFile, isDryRun, mayGoOn } = delivery;
  // What is sent somewhere else than it was meant for is not sent.
  const client = new Client({
    baseUrl,
    customHeaders: { ...delivery.headers },
    requestOptions: { redirect: 'error' },
  });
  const state = stateFile === null ? null : await DeliveryState.open(stateFile, baseUrl);
  const report = {
    ...{ posted: [] as string[], unchanged: [] as string[], skipped: [] as string[] },
    conflicts: [] as { bundle: string; urls: readonly string[] }[],
  };
  try {
    for await (const file of transactionsOf(delivery)) {
      const { name } = file;
      if (state?.has(name, file.sha256)) {
        report.skipped.push(name);
        continue;
      }
      refuseUnmarked(file);
      await mayGoOn(file.share);
      const { outcome, urls } = await named(name, () => deliverOne(file, client, delivery));
      if (outcome === 'conflict') report.conflicts.push({ bundle: name, urls });
      else report[outcome].push(name);
      if (outcome !== 'conflict' && !isDryRun) await state?.add(name, file.sha256);
    }
  } catch (error) {
    throw new DeliveryStopped(messageOf(error), report, error);
  }
  return report;
}

/** What is delivered says of itself that nobody in it is real. */
function refuseUnmarked({ name, bundle }: BundleFile): void {
  const unmarked = bundle.entry.find(({ resource }) => !isMarked(resource));
  if (unmarked)
    throw new BundleNotDelivered(
      `${name} was not delivered: ${unmarked.request.url} is not marked as test data (HTEST).`,
    );
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
  const { retries, isDryRun, signal } = delivery;
  const options = { signal };
  const answer = await withRetries(() => client.batch({ body: readsOf(bundle), options }), retries);
  const { other, missing } = compareWithServer(bundle, answer);
  if (other.length > 0) return { outcome: 'conflict', urls: other };
  if (missing.length === 0) return { outcome: 'unchanged', urls: [] };
  if (!isDryRun) await withRetries(() => post(bundle, client, signal), retries);
  return { outcome: 'posted', urls: missing };
}

async function post(bundle: Transaction, client: Client, signal: AbortSignal): Promise<void> {
  await client.transaction({ body: { ...bundle, entry: [...bundle.entry] }, options: { signal } });
}

async function named<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new BundleNotDelivered(`${name} was not delivered: ${messageOf(error)}`, { cause: error });
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
