import { mkdtemp, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { deliverBundles, type DeliveryReport } from '../../src/exporters/delivery/deliver-bundles.js';
import { exportRelease } from '../support/bulk-client.js';
import { type Cast, signInAll } from '../support/cast.js';
import { eventsOn } from '../support/databases.js';
import { aFhirServer } from '../support/fhir-server.js';
import { releasedLives } from '../support/lives-steps.js';
import { overrule } from '../support/lifecycle-steps.js';
import { type Service, startService } from '../support/service.js';

/** `STORY_PERSONS=1000` makes the release as large as one for a test system. */
const persons = Number(process.env['STORY_PERSONS'] ?? 6);
let service: Service;
let cast: Cast;
let requestId: string;
let releaseId: string;
let base: string;

interface Manifest {
  readonly transactionTime: string;
  readonly request: string;
  readonly requiresAccessToken: boolean;
  readonly output: readonly { readonly type: string; readonly url: string }[];
}

beforeAll(async () => {
  service = await startService();
  cast = await signInAll(service);
  ({ requestId, releaseId } = await releasedLives(cast, { persons, formats: ['fhir', 'omop'] }));
  base = `/releases/${releaseId}/fhir`;
});
afterAll(() => service.stop());

const asynchronous = { Accept: 'application/fhir+json', Prefer: 'respond-async' };
const urlOf = (path: string): URL =>
  new URL(path.startsWith('http') ? path : `${base}${path}`, service.baseUrl);
const ask = async (
  path: string,
  headers: Record<string, string> = {},
  { who = 'researcher', method = 'GET' } = {},
): Promise<Response> => {
  const authorization = `Bearer ${await service.tokenOf(who)}`;
  return fetch(urlOf(path), { method, headers: { ...headers, authorization } });
};
/** As it is sent. */
const rawBody = async (path: string): Promise<Buffer> => {
  const authorization = `Bearer ${await service.tokenOf('researcher')}`;
  return new Promise((resolve, reject) => {
    const headers = { authorization, 'accept-encoding': 'gzip' };
    get(urlOf(path), { headers }, (answer) => {
      buffer(answer).then(resolve, reject);
    }).on('error', reject);
  });
};
const statusOf = async (path: string): Promise<Response> => {
  const started = await ask(path, asynchronous);
  expect(started.status).toBe(202);
  return ask(started.headers.get('content-location') ?? '');
};

describe('the FHIR face of a release', () => {
  it('says what it can do', async () => {
    const statement = (await (await ask('/metadata')).json()) as {
      rest: { operation: { name: string }[]; resource: { type: string }[] }[];
    };
    expect(statement).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
    const [rest] = statement.rest;
    expect(rest?.operation.map(({ name }) => name)).toEqual(['export', 'bulk-publish']);
    expect(rest?.resource.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['Patient', 'Encounter', 'Group']),
    );
  });

  it.each(['/$export', '/Patient/$export'])(
    'exports by %s, and each line is a resource of its file',
    async (path) => {
      const status = await statusOf(path);
      expect([status.status, status.headers.get('content-type')]).toEqual([
        200,
        expect.stringMatching(/^application\/json/),
      ]);
      expect(status.headers.get('expires')).not.toBeNull();
      const manifest = (await status.json()) as Manifest;
      for (const key of ['transactionTime', 'request', 'requiresAccessToken', 'output', 'error', 'outcome'])
        expect(manifest).toHaveProperty(key);
      expect(manifest.requiresAccessToken).toBe(true);
      const ids = new Set<string>();
      let lines = 0;
      for (const { type, url } of manifest.output) {
        const answer = await ask(url);
        expect(answer.headers.get('content-type')).toBe('application/fhir+ndjson');
        for (const line of (await answer.text()).trimEnd().split('\n')) {
          const { resourceType, id } = JSON.parse(line) as { resourceType: string; id: string };
          expect(resourceType).toBe(type);
          ids.add(`${type}/${id}`);
          lines += 1;
        }
      }
      expect(ids.size).toBe(lines);
      expect([...ids].filter((id) => id.startsWith('Patient/'))).toHaveLength(persons);
    },
  );

  it('exports the group of everybody, and no other', async () => {
    const { entry } = (await (await ask('/Group')).json()) as {
      entry: { resource: { id: string; member: unknown[] } }[];
    };
    expect(entry[0]?.resource.member).toHaveLength(persons);
    expect((await statusOf(`/Group/${entry[0]?.resource.id ?? ''}/$export`)).status).toBe(200);
    expect((await ask('/Group/nobody/$export', asynchronous)).status).toBe(404);
  });

  it('takes the parameters of an export', async () => {
    const some = (await (
      await statusOf('/$export?_type=Patient,Encounter&_outputFormat=ndjson')
    ).json()) as Manifest;
    expect(new Set(some.output.map(({ type }) => type))).toEqual(new Set(['Patient', 'Encounter']));
    const later = (await (await statusOf('/$export?_since=2999-01-01T00:00:00Z')).json()) as Manifest;
    expect(later.output).toEqual([]);
    const earlier = (await (await statusOf('/$export?_since=2000-01-01T00:00:00Z')).json()) as Manifest;
    expect(earlier.output.length).toBeGreaterThan(3);
  });

  it.each([
    ['without respond-async', '/$export', {}, 400],
    ['of a format that is none', '/$export?_outputFormat=text/csv', asynchronous, 400],
    ['since no time', '/$export?_since=yesterday', asynchronous, 400],
    ['of a type that is not there', '/$export?_type=Spaceship', asynchronous, 400],
    ['with a filter', '/$export?_typeFilter=Patient%3Factive%3Dtrue', asynchronous, 400],
    ['that nobody started', '/export-status/bm9uc2Vuc2U', {}, 404],
    ['of files that are not there', '/files/other.ndjson', {}, 404],
    ['of files beyond the folder', '/files/..%2f..%2fpackage.json', {}, 404],
    ['of the other files of the release', '/files/README.md', {}, 404],
  ])('refuses an export %s', async (_, path, headers, status) => {
    const answer = await ask(path, headers);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'error' }],
    });
  });

  it('forgives what it does not know to clients that prefer leniency', async () => {
    const lenient = { ...asynchronous, Prefer: 'respond-async, handling=lenient' };
    expect((await ask('/$export?_type=Patient,Spaceship&_elements=id', lenient)).status).toBe(202);
  });

  it('ends an export that is no longer wanted', async () => {
    const started = await ask('/$export', asynchronous);
    const where = started.headers.get('content-location') ?? '';
    expect((await ask(where, {}, { who: 'outsider' })).status).toBe(404);
    expect((await ask(where)).status).toBe(200);
    expect((await ask(where, {}, { method: 'DELETE' })).status).toBe(202);
    expect((await ask(where)).status).toBe(404);
  });

  it('is published for good, with files in parts, compressed, or not again', async () => {
    const published = await ask('/$bulk-publish');
    const etag = published.headers.get('etag') ?? '';
    expect((await ask('/$bulk-publish', { 'If-None-Match': etag })).status).toBe(304);
    const { output } = (await published.json()) as Manifest;
    const url = output.find(({ type }) => type === 'Encounter')?.url ?? '';
    const whole = Buffer.from(await (await ask(url, { 'Accept-Encoding': 'identity' })).arrayBuffer());
    const part = await ask(url, { Range: 'bytes=10-19' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${whole.length}`]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.subarray(10, 20));
    expect((await ask(url, { Range: `bytes=${whole.length}-` })).status).toBe(416);
    const known = (await ask(url)).headers.get('etag') ?? '';
    expect((await ask(url, { 'If-None-Match': known })).status).toBe(304);
    const packed = await rawBody(url);
    expect(gunzipSync(packed).equals(whole)).toBe(true);
  });

  it('is read and searched', async () => {
    const people = (await (await ask('/Patient?_count=1')).json()) as Bundle;
    expect(people).toMatchObject({ type: 'searchset', total: persons });
    expect(people.entry).toHaveLength(1);
    const [first] = people.entry;
    const id = first?.resource.id ?? '';
    expect(await (await ask(`/Patient/${id}`)).json()).toMatchObject({ resourceType: 'Patient', id });
    const seen = new Set<string>();
    for (let next: string | undefined = `/Patient?_count=${Math.ceil(persons * 0.6)}`; next !== undefined;) {
      const page = (await (await ask(next)).json()) as Bundle;
      page.entry.forEach(({ resource }) => seen.add(resource.id));
      next = page.link.find(({ relation }) => relation === 'next')?.url;
    }
    expect(seen.size).toBe(persons);
    const visits = (await (await ask(`/Encounter?patient=Patient/${id}&_count=1000`)).json()) as Bundle;
    expect(visits.total).toBeGreaterThan(0);
    for (const { resource } of visits.entry) expect(resource.subject?.reference).toBe(`Patient/${id}`);
    expect((await ask('/Patient/nobody')).status).toBe(404);
    expect((await ask('/Patient?name=Smith')).status).toBe(400);
  });

  it(`fills an empty FHIR server, for ${persons} persons, and filling it again changes nothing`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'picketfence-export-'));
    const server = await aFhirServer();
    const fill = async (stateFile: string): Promise<DeliveryReport> =>
      deliverBundles({
        ...{ folder: join(folder, 'export'), names: null, baseUrl: server.baseUrl, headers: {} },
        ...{ isDryRun: false, signal: new AbortController().signal, mayGoOn: () => Promise.resolve() },
        stateFile: join(folder, stateFile),
        retries: { attemptsMax: 1, waitMs: 0, waitMsMax: 0, sleep: () => Promise.resolve() },
      });
    try {
      const token = await service.tokenOf('researcher');
      await exportRelease({ baseUrl: new URL(base, service.baseUrl).href, token }, join(folder, 'export'));
      const first = await fill('first');
      const { writes, resources } = server;
      expect([...resources.keys()].filter((url) => url.startsWith('Patient/'))).toHaveLength(persons);
      expect([first.unchanged, first.conflicts, writes]).toEqual([[], [], resources.size]);
      const before = new Map(resources);
      // Of a state file that is not there nothing can be known: every resource is compared.
      const second = await fill('second');
      expect(second).toEqual({ posted: [], unchanged: first.posted, skipped: [], conflicts: [] });
      expect([server.writes, server.resources]).toEqual([writes, before]);
    } finally {
      await server.close();
      await rm(folder, { recursive: true });
    }
  });

  it('is for those who may have the release, and every reading is on record', async () => {
    expect((await ask('/metadata', {}, { who: 'outsider' })).status).toBe(404);
    expect((await ask('/Patient', {}, { who: 'outsider' })).status).toBe(404);
    expect((await fetch(urlOf('/Patient'))).status).toBe(401);
    const before = (await eventsOn(service.database, releaseId)).length;
    await ask('/Patient');
    expect((await eventsOn(service.database, releaseId)).length).toBe(before + 1);
  });

  it('gives nothing more out when the release is stopped', async () => {
    const { output } = (await (await ask('/$bulk-publish')).json()) as Manifest;
    await overrule(cast.approver, 'suspendRelease', requestId);
    for (const path of ['/Patient', '/Patient?_count=1', output[0]?.url ?? ''])
      expect((await ask(path)).status).toBe(403);
  });
});

interface Bundle {
  readonly type: string;
  readonly total: number;
  readonly link: readonly { readonly relation: string; readonly url: string }[];
  readonly entry: readonly {
    readonly resource: { readonly id: string; readonly subject?: { readonly reference: string } };
  }[];
}
