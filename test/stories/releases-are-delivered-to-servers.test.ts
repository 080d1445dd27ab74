import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refusalFields } from '../../src/commands/example/api-client.js';
import { releaseOf } from '../../src/commands/example/steps.js';
import { type Cast, refusalOf, signInAll } from '../support/cast.js';
import { asOwner, eventsOn } from '../support/databases.js';
import { deliver, delivered, deliveryOf } from '../support/delivery-steps.js';
import { aFhirServer, type FhirServer } from '../support/fhir-server.js';
import { overrule, recallRelease } from '../support/lifecycle-steps.js';
import { releasedLives } from '../support/lives-steps.js';
import { type Service, startService } from '../support/service.js';
import { waitFor } from '../support/wait-for.js';

const persons = 4;
let service: Service;
let cast: Cast;
let requestId: string;
let releaseId: string;
/** Where releases are delivered to, and the folder with the settings that say so. */
let server: FhirServer;
let settings: string;

beforeAll(async () => {
  server = await aFhirServer();
  settings = await mkdtemp(join(tmpdir(), 'picketfence-servers-'));
  const { baseUrl } = server;
  const servers = [
    { name: 'sandbox', baseUrl, tiers: ['STRUCTURAL', 'LOW'], tokenFile: 'token' },
    { name: 'for-low', baseUrl, tiers: ['LOW'] },
  ];
  const file = join(settings, 'servers.json');
  await writeFile(file, JSON.stringify({ version: 1, servers }));
  await writeFile(join(settings, 'token'), 'the-token\n');
  service = await startService({ env: { PICKETFENCE_FHIR_SERVERS: file } });
  cast = await signInAll(service);
  const formats = ['fhir-bundles', 'omop-parquet'];
  ({ requestId, releaseId } = await releasedLives(cast, { persons, formats }));
});
afterAll(async () => {
  await service.stop();
  await server.close();
  await rm(settings, { recursive: true });
});

it('is of a release that has its transactions, and its tables as Parquet, where they were asked for', async () => {
  const { files } = await releaseOf(cast.researcher, requestId);
  const textOf = async (ending: string): Promise<string> => {
    const path = files.find(({ name }) => name.endsWith(ending))?.path ?? '';
    return Buffer.from(await (await cast.researcher.get(path)).arrayBuffer()).toString('latin1');
  };
  const transactions = await textOf('-fhir-bundles.zip');
  for (const part of ['bundles/0-shared/0001.json', 'bundles/1-patients/', 'bundles/2-release/0001.json'])
    expect(transactions).toContain(part);
  const tables = await textOf('-omop-5.4.zip');
  for (const part of ['PERSON.csv', 'parquet/person.parquet']) expect(tables).toContain(part);
});

describe('the delivery of a release to a FHIR server', () => {
  const sandbox = { server: 'sandbox', dryRun: false };

  it('is for operators, to servers of the settings that take its tier', async () => {
    for (const who of ['researcher', 'evaluator', 'approver', 'auditor'] as const)
      expect((await refusalOf(deliver(cast[who], releaseId, sandbox))).code).toBe('NOT_PERMITTED');
    const order = (name: string): object => ({ ...sandbox, server: name });
    expect((await refusalOf(deliver(cast.operator, releaseId, order('elsewhere')))).code).toBe('NOT_FOUND');
    expect((await refusalOf(deliver(cast.operator, releaseId, order('for-low')))).code).toBe('NOT_PERMITTED');
    expect((await refusalOf(deliver(cast.operator, requestId, sandbox))).code).toBe('NOT_FOUND');
    const known = await cast.operator.call<object[]>('{ fhirServers { name tiers } }');
    expect(known).toEqual([
      { name: 'sandbox', tiers: ['STRUCTURAL', 'LOW'] },
      { name: 'for-low', tiers: ['LOW'] },
    ]);
    expect(server.writes).toBe(0);
  });

  it('says in a dry run what it would do, and gives nothing away', async () => {
    const { id } = await deliver(cast.operator, releaseId, { ...sandbox, dryRun: true });
    const { outcome, counts } = await delivered(cast.operator, releaseId, id);
    expect([outcome, counts?.unchanged, counts?.inConflict, server.writes]).toEqual(['DELIVERED', 0, 0, 0]);
    expect(counts?.posted).toBeGreaterThan(persons);
    expect(await handedOver()).toBe(0);
  });

  it('loads all of it with the token of the server, once, and is on record', async () => {
    const { id } = await deliver(cast.operator, releaseId, sandbox);
    const first = await delivered(cast.operator, releaseId, id);
    expect(first).toMatchObject({ outcome: 'DELIVERED', job: { state: 'DONE', progress: 1 } });
    expect([...server.resources.keys()].filter((url) => url.startsWith('Patient/'))).toHaveLength(persons);
    expect(new Set(server.tokens)).toEqual(new Set(['Bearer the-token']));
    const { writes } = server;
    const again = await deliver(cast.operator, releaseId, sandbox);
    const second = await delivered(cast.operator, releaseId, again.id);
    expect(second.counts).toMatchObject({ posted: 0, unchanged: first.counts?.posted, inConflict: 0 });
    expect([server.writes, writes]).toEqual([writes, server.resources.size]);
    const events = (await eventsOn(service.database, releaseId)).filter(({ details }) =>
      JSON.stringify(details).includes(id),
    );
    expect(events.map(({ action }) => action)).toEqual(['ask-for-delivery', 'deliver-release']);
    expect(JSON.stringify(events)).not.toContain('the-token');
    expect(await handedOver()).toBeGreaterThan(0);
  });

  it('lists what the server has something else of, and leaves it alone', async () => {
    const [url = '', patient] = [...server.resources].find(([key]) => key.startsWith('Patient/')) ?? [];
    server.resources.set(url, { ...patient, birthDate: '1900-01-01' });
    const { id } = await deliver(cast.operator, releaseId, sandbox);
    const { outcome, counts } = await delivered(cast.operator, releaseId, id);
    expect([outcome, counts?.inConflict, counts?.conflicts[0]?.urls]).toEqual(['CONFLICTS', 1, [url]]);
    expect(server.resources.get(url)).toMatchObject({ birthDate: '1900-01-01' });
  });

  it('ends when it is cancelled, also while the server does not answer', async () => {
    server.whenAsked = () => new Promise(() => undefined);
    const { id } = await deliver(cast.operator, releaseId, sandbox);
    await waitFor(async () => (await deliveryOf(cast.operator, releaseId, id)).job?.state === 'RUNNING');
    const cancel = (who: 'operator' | 'researcher'): Promise<object> =>
      cast[who].call(
        `mutation ($id: ID!) { cancelDelivery(id: $id) { __typename ... on Delivery { id } ${refusalFields} } }`,
        { id },
      );
    expect((await refusalOf(cancel('researcher'))).code).toBe('NOT_PERMITTED');
    await cancel('operator');
    const ended = await delivered(cast.operator, releaseId, id);
    expect(ended).toMatchObject({ outcome: 'CANCELLED', counts: { posted: 0 }, job: { state: 'CANCELLED' } });
    expect((await refusalOf(cancel('operator'))).code).toBe('NOT_RUNNING');
  });

  it('ends in the middle when the release is stopped', async () => {
    server.resources.clear();
    let asked = 0;
    server.whenAsked = async () => {
      asked += 1;
      // A read and a transaction each: the second bundle is under way.
      if (asked === 4) await overrule(cast.approver, 'suspendRelease', requestId);
    };
    const { id } = await deliver(cast.operator, releaseId, sandbox);
    const stopped = await delivered(cast.operator, releaseId, id);
    expect(stopped).toMatchObject({ outcome: 'STOPPED', counts: { posted: 2 }, job: { state: 'DONE' } });
    expect(stopped.reason).toContain('not published');
    expect(asked).toBe(4);
    expect((await refusalOf(deliver(cast.operator, releaseId, sandbox))).code).toBe('NOT_PERMITTED');
  });

  it('is asked about when the release is taken back, of whoever had it delivered', async () => {
    await recallRelease(cast.approver, requestId);
    const asked = await cast.operator.call<object[]>('{ myDestructions { releaseId } }');
    expect(asked).toEqual([{ releaseId }]);
  });
});

/** Files that count as taken by the operator. */
async function handedOver(): Promise<number> {
  const [found] = await asOwner<{ count: string }>(
    service.database,
    "SELECT count(*) FROM download JOIN person ON person.id = person_id WHERE email = 'operator@demo.example'",
  );
  return Number(found?.count);
}
