import { appendFile, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { aDirectory, aRecord } from '../../src/core/events/testing/a-record.js';
import {
  deliverBundles,
  DeliveryStopped,
  type Delivery,
  type DeliveryReport,
} from '../../src/exporters/delivery/deliver-bundles.js';
import type { CommandContext } from '../../src/commands/command.js';
import { deliverCommand } from '../../src/commands/deliver/deliver-command.js';
import { fhirDefaults } from '../../src/exporters/fhir/fhir-options.js';
import { FhirWriter } from '../../src/exporters/fhir/fhir-writer.js';
import { someFacts } from '../../src/exporters/fhir/testing/some-facts.js';
import { aFhirServer, type FhirServer } from '../support/fhir-server.js';

let folder: string;
let server: FhirServer;
let waits: number[];
let resources: number;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'deliver-'));
  const writer = new FhirWriter(folder, someFacts, {
    ...fhirDefaults,
    shapes: ['bundles'],
    bundleEntriesMax: 8,
  });
  for (const n of [1, 2]) await writer.write(aRecord(n));
  const { files } = await writer.finish(aDirectory);
  resources = files.reduce((sum, { count }) => sum + count, 0);
  server = await aFhirServer();
  waits = [];
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const stateFile = (): string => path.join(folder, 'state.ndjson');

async function deliver(change: Partial<Delivery> = {}): Promise<DeliveryReport> {
  const sleep = async (ms: number): Promise<void> => {
    waits.push(ms);
    return Promise.resolve();
  };
  const retries = { attemptsMax: 4, waitMs: 100, waitMsMax: 60_000, sleep };
  const { baseUrl } = server;
  return deliverBundles({
    folder,
    names: null,
    baseUrl,
    headers: {},
    stateFile: stateFile(),
    isDryRun: false,
    retries,
    signal: new AbortController().signal,
    mayGoOn: () => Promise.resolve(),
    ...change,
  });
}

function aContext(said: string[], complaints: string[]): CommandContext {
  return {
    environment: {},
    print: (line) => said.push(line),
    complain: (line) => complaints.push(line),
    loadConfig: () => {
      throw new Error('There is nothing to configure.');
    },
  };
}

describe('a release goes to a FHIR server', () => {
  it('as a whole, and loading it again changes nothing, with the state file or without', async () => {
    const first = await deliver();
    expect(first.posted).toHaveLength(1 + 2 * 3 + 1);
    expect([server.resources.size, server.writes]).toEqual([resources, resources]);
    const again = await deliver();
    expect(again).toEqual({ posted: [], unchanged: [], skipped: first.posted, conflicts: [] });
    await rm(stateFile());
    const anew = await deliver();
    expect(anew).toEqual({ posted: [], unchanged: first.posted, skipped: [], conflicts: [] });
    expect(server.writes).toBe(resources);
  });

  it('from the files of an export as from its bundles', async () => {
    const lines = path.join(folder, 'lines');
    await mkdir(lines);
    const writer = new FhirWriter(lines, someFacts, fhirDefaults);
    for (const n of [1, 2]) await writer.write(aRecord(n));
    await writer.finish(aDirectory);
    const { posted } = await deliver({ folder: lines });
    expect(posted.map((name) => name.split('/')[0])).toEqual([
      ...['0-shared-0001', '1-patients', '1-patients', '2-release-0001'],
    ]);
    expect([server.resources.size, server.writes]).toEqual([resources, resources]);
    await rm(stateFile());
    // With its own state file in the folder, which is no file of the export.
    for (let turn = 0; turn < 2; turn += 1)
      expect(await deliverCommand.run(aContext([], []), { folder: lines, to: server.baseUrl })).toBe(0);
    const bundled = await deliver();
    expect([bundled.conflicts, bundled.posted, server.writes]).toEqual([[], [], resources]);
  });

  it('not from a folder with neither, nor from lines that are no resources', async () => {
    const lines = path.join(folder, 'lines');
    await mkdir(lines);
    await expect(deliver({ folder: lines })).rejects.toThrow(/neither bundles nor files of NDJSON/);
    await writeFile(path.join(lines, 'Patient.ndjson'), '{"resourceType":"Patient","id":"a"}\n{"resour');
    await expect(deliver({ folder: lines })).rejects.toThrow(/Patient.ndjson, line 2 is no resource/);
    await writeFile(path.join(lines, 'Patient.ndjson'), '{"resourceType":"Spaceship","id":"a"}\n');
    await expect(deliver({ folder: lines })).rejects.toThrow(/Spaceship has no place/);
  });

  it('not when a resource is not marked as test data', async () => {
    const lines = path.join(folder, 'lines');
    await mkdir(lines);
    await writeFile(
      path.join(lines, 'any.ndjson'),
      '{"resourceType":"Patient","id":"a","meta":{"security":[]}}',
    );
    await expect(deliver({ folder: lines })).rejects.toThrow(/Patient\/a is not marked as test data/);
    expect(server.resources.size).toBe(0);
  });

  it('by a command, which says what it did and keeps no token on its line', async () => {
    const said: string[] = [];
    const complaints: string[] = [];
    const run = (change: object): Promise<number> =>
      deliverCommand.run(aContext(said, complaints), {
        folder,
        to: `${server.baseUrl}/`,
        attempts: '1',
        ...change,
      });
    expect(await run({ 'dry-run': true })).toBe(0);
    expect([said.pop(), server.writes]).toEqual([
      '8 bundles would be posted, 0 there already, 0 taken before, 0 in conflict',
      0,
    ]);
    expect(await run({ json: true })).toBe(0);
    expect(JSON.parse(said.pop() ?? '')).toMatchObject({ conflicts: [] });
    const [url = '', patient] = [...server.resources].find(([key]) => key.startsWith('Patient/')) ?? [];
    server.resources.set(url, { ...patient, birthDate: '1900-01-01' });
    expect(await run({ state: path.join(folder, 'other.ndjson') })).toBe(1);
    expect(said).toEqual([
      `conflict in bundles/1-patients/0000/0000001-001.json: the server has another ${url}`,
      '0 bundles posted, 7 there already, 0 taken before, 1 in conflict',
    ]);
    server.failures.push({ type: 'batch', status: 503 });
    expect(await run({ state: path.join(folder, 'third.ndjson') })).toBe(1);
    expect(complaints[0]).toMatch(/0-shared\/0001.json was not delivered/);
    const refused: [object, RegExp][] = [
      [{ to: undefined }, /Say what goes where/],
      [{ to: 'file:///etc' }, /an http or https URL/],
      [{ to: 'https://me:secret@example.org' }, /password in it/],
      [{ attempts: '0' }, /from 1 to 20/],
      [{ 'token-file': path.join(folder, 'none') }, /does not hold a token/],
      [{ 'token-file': 'token', to: 'http://example.org/fhir' }, /an https address/],
    ];
    for (const [change, why] of refused) await expect(run(change)).rejects.toThrow(why);
  });

  it('although the server is busy, broken or hangs up after it has done the work', async () => {
    server.failures.push({ type: 'batch', status: 429 }, { type: 'transaction', status: 503 });
    server.failures.push({ type: 'transaction', status: 0 }, { type: 'transaction', status: 500 });
    const { posted, conflicts } = await deliver();
    expect([posted.length, conflicts.length, server.resources.size]).toEqual([8, 0, resources]);
    expect(waits).toEqual([3000, 100, 200, 400]);
  });

  it('from where it stopped, when the server gave up in between', async () => {
    for (let attempt = 0; attempt < 4; attempt += 1)
      server.failures.push({ type: 'transaction', status: 503 });
    const taken = await deliver({
      retries: { attemptsMax: 4, waitMs: 0, waitMsMax: 0, sleep: async () => Promise.resolve() },
    }).catch((error: unknown) => error);
    expect(String(taken)).toMatch(/bundles\/0-shared\/0001.json was not delivered/);
    expect(server.writes).toBe(0);
    const rest = await deliver();
    expect([rest.posted.length, server.writes]).toEqual([8, resources]);
  });

  it('not, where the server has something else under an id, and says where', async () => {
    await deliver();
    await rm(stateFile());
    const [url = '', patient] = [...server.resources].find(([key]) => key.startsWith('Patient/')) ?? [];
    server.resources.set(url, { ...patient, birthDate: '1900-01-01' });
    const { conflicts, unchanged, posted } = await deliver();
    expect(conflicts).toEqual([{ bundle: 'bundles/1-patients/0000/0000001-001.json', urls: [url] }]);
    expect([unchanged.length, posted.length, server.writes]).toEqual([7, 0, resources]);
    expect(server.resources.get(url)).toMatchObject({ birthDate: '1900-01-01' });
    const { conflicts: still } = await deliver();
    expect(still).toHaveLength(1);
  });

  it('not at all in a dry run, which says what would be posted', async () => {
    const { posted } = await deliver({ isDryRun: true });
    expect([posted.length, server.writes, server.resources.size]).toEqual([8, 0, 0]);
    await expect(readFile(stateFile())).rejects.toThrow(/ENOENT/);
  });

  it('not with a refusal that will not pass: it is sent once', async () => {
    server.failures.push({ type: 'transaction', status: 422 });
    await expect(deliver()).rejects.toThrow(/0-shared\/0001.json was not delivered/);
    expect(waits).toEqual([]);
  });

  it('not to where the server sends it', async () => {
    for (let attempt = 0; attempt < 4; attempt += 1)
      server.failures.push({ type: 'transaction', status: 307 });
    await expect(deliver()).rejects.toThrow(/0-shared\/0001.json was not delivered/);
    expect([waits.length, server.writes]).toEqual([3, 0]);
  });

  it('until it may not go on, and then it says what it did', async () => {
    const shares: number[] = [];
    const stopped = await deliver({
      mayGoOn: (share) => {
        shares.push(share);
        return shares.length > 3 ? Promise.reject(new Error('recalled')) : Promise.resolve();
      },
    }).catch((error: unknown) => error);
    expect(stopped).toBeInstanceOf(DeliveryStopped);
    const { message, report } = stopped as DeliveryStopped;
    expect([message, report.posted.length, shares]).toEqual(['recalled', 3, [0, 1 / 8, 2 / 8, 3 / 8]]);
  });

  it('no further than until it is cancelled, also while the server does not answer', async () => {
    const cancelling = new AbortController();
    server.whenAsked = () => {
      cancelling.abort(new Error('cancelled'));
      return new Promise(() => undefined);
    };
    const waitUnlessCancelled = (): Promise<void> => {
      cancelling.signal.throwIfAborted();
      return Promise.resolve();
    };
    const retries = { attemptsMax: 4, waitMs: 0, waitMsMax: 0, sleep: waitUnlessCancelled };
    const stopped = await deliver({ signal: cancelling.signal, retries }).catch((error: unknown) => error);
    expect(String(stopped)).toMatch(/cancelled/);
    expect(server.writes).toBe(0);
  });

  it('although the state file ends within a line', async () => {
    await deliver();
    const whole = await readFile(stateFile(), 'utf8');
    await truncate(stateFile(), whole.length - 10);
    const { skipped, unchanged } = await deliver();
    expect([skipped.length, unchanged.length]).toEqual([7, 1]);
    expect(await readFile(stateFile(), 'utf8')).toBe(whole);
  });

  it('not with a file that is no state file', async () => {
    await appendFile(stateFile(), '{"server":"x"}\n');
    await expect(deliver()).rejects.toThrow(/line 1 is not a line of a state file/);
  });
});
