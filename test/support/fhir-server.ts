import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { referencesIn } from '../../src/exporters/fhir/testing/read-release.js';

type Json = Readonly<Record<string, unknown>>;
interface Entry {
  readonly resource?: Json;
  readonly request: { readonly method: string; readonly url: string };
}

/** A FHIR server over HTTP that knows batches of reads and transactions of PUTs, and checks references like a strict one. */
export interface FhirServer {
  readonly baseUrl: string;
  readonly resources: Map<string, Json>;
  /** Versions that were written, over all resources. */
  writes: number;
  /** Answers to the next posts instead of the right one: a status (307 leads elsewhere), or 0 to hang up after the work is done. */
  readonly failures: { readonly type: 'batch' | 'transaction'; readonly status: number }[];
  /** The header of each request that says who asks; empty where there was none. */
  readonly tokens: string[];
  /** Waited for before each answer. */
  whenAsked: () => Promise<void>;
  close(): Promise<void>;
}

const outcome = (diagnostics: string): Json => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: 'processing', diagnostics }],
});

export async function aFhirServer(): Promise<FhirServer> {
  const http = createServer((request, response) => {
    void answer(request, response, server);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const server: FhirServer = {
    baseUrl: `http://127.0.0.1:${port}/fhir`,
    resources: new Map(),
    writes: 0,
    failures: [],
    tokens: [],
    whenAsked: () => Promise.resolve(),
    close: () =>
      new Promise((resolve) => {
        http.close(() => {
          resolve();
        });
        http.closeAllConnections();
      }),
  };
  return server;
}

async function answer(request: IncomingMessage, response: ServerResponse, server: FhirServer): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bundle = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { type: string; entry: Entry[] };
  server.tokens.push(request.headers.authorization ?? '');
  await server.whenAsked();
  const planned = server.failures[0]?.type === bundle.type ? server.failures.shift()?.status : undefined;
  if (planned !== undefined && planned > 0) {
    send(response, planned, outcome('planned'));
    return;
  }
  const { status, body } = bundle.type === 'batch' ? read(bundle.entry, server) : write(bundle.entry, server);
  if (planned === 0) response.destroy();
  else send(response, status, body);
}

function send(response: ServerResponse, status: number, body: Json): void {
  const retry = status === 429 ? { 'retry-after': '3' } : {};
  const elsewhere = status === 307 ? { location: '/elsewhere' } : {};
  response.writeHead(status, { 'content-type': 'application/fhir+json', ...retry, ...elsewhere });
  response.end(JSON.stringify(body));
}

function read(entry: readonly Entry[], { resources }: FhirServer): { status: number; body: Json } {
  const answers = entry.map(({ request }) => {
    const resource = resources.get(request.url);
    return resource === undefined
      ? { response: { status: '404 Not Found' } }
      : { resource, response: { status: '200 OK' } };
  });
  return { status: 200, body: { resourceType: 'Bundle', type: 'batch-response', entry: answers } };
}

/** All or nothing: a reference to what is neither there nor in the transaction refuses the whole. */
function write(entry: readonly Entry[], server: FhirServer): { status: number; body: Json } {
  const urls = new Set(entry.map(({ request }) => request.url));
  const dangling = entry
    .flatMap(({ resource }) => referencesIn(resource))
    .filter((reference) => !urls.has(reference) && !server.resources.has(reference));
  if (dangling.length > 0) return { status: 422, body: outcome(`unknown: ${dangling.join(', ')}`) };
  for (const { resource, request } of entry) {
    server.writes += 1;
    const meta = { ...(resource?.['meta'] as object), versionId: String(server.writes), lastUpdated: 'now' };
    server.resources.set(request.url, { ...resource, meta });
  }
  const answers = entry.map(() => ({ response: { status: '200 OK' } }));
  return { status: 200, body: { resourceType: 'Bundle', type: 'transaction-response', entry: answers } };
}
