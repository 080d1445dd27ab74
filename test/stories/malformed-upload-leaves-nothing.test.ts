import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspectedUpload, openUpload } from '../../src/commands/example/steps.js';
import { addPerson, type Cast, exampleFile, signInAll } from '../support/cast.js';
import { asOwner, eventsOn, rowOf } from '../support/databases.js';
import { type Service, startService } from '../support/service.js';
import { describeWithShared } from '../support/shared-data.js';

let service: Service;
let cast: Cast;
beforeAll(async () => {
  service = await startService();
  cast = await signInAll(service);
});
afterAll(() => service.stop());

/** Every file of the real zone, half-written ones included. */
function realZone(): string[] {
  const folder = join(service.home, 'objects', 'real-zone');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}

interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly place?: { readonly line: number; readonly column: number };
}

const send = (path: string, bytes: string | Uint8Array): Promise<Response> =>
  cast.custodian.upload(path, Readable.from([Buffer.from(bytes)]));

/** Refused with line and column, and nothing is left but a note on the ticket. */
async function expectMalformed(
  bytes: AsyncIterable<Uint8Array>,
  expected: { readonly code: string; readonly line: number; readonly column: number },
): Promise<Problem> {
  const before = realZone();
  const { id, path } = await openUpload(cast.custodian);
  const response = await cast.custodian.upload(path, bytes);
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = (await response.json()) as Problem;
  const { status, code, place } = problem;
  expect({ status, code, ...place }).toEqual({ status: 422, ...expected });
  expect(problem.detail).toContain(`Line ${expected.line}, column ${expected.column}`);
  expect(await rowOf(service.database, 'upload', id)).toMatchObject({
    state: 'OPEN',
    problem: problem.detail,
    content_hash: null,
    column_names: null,
  });
  expect(realZone()).toEqual(before);
  expect(await asOwner(service.database, 'SELECT 1 FROM job WHERE subject_id = $1', [id])).toEqual([]);
  expect((await eventsOn(service.database, id)).at(-1)).toMatchObject({
    action: 'receive-upload',
    outcome: 'refused',
    details: { refusal: { code: 'MALFORMED_FILE' } },
  });
  return problem;
}

const latin1 = Buffer.from('a,b\nx,y\nM\u00fcller,1\n', 'latin1');
const utf16 = Buffer.from('\ufeffa,b\n1,2\n', 'utf16le');

const malformed: readonly [string, string | Uint8Array, string, number, number][] = [
  ['a row with a cell too few', 'a,b,c\n1,2,3\n4,5\n', 'RAGGED_ROW', 3, 3],
  ['a row with a cell too many', 'a,b\n1,2\n3,4,5\n', 'RAGGED_ROW', 3, 3],
  ['an empty line amid the rows', 'a,b\n1,2\n\n3,4\n', 'RAGGED_ROW', 3, 1],
  ['Latin-1', latin1, 'NOT_UTF8', 3, 1],
  ['UTF-16', utf16, 'NOT_UTF8', 1, 1],
  ['UTF-16 without a mark', utf16.subarray(2), 'NOT_UTF8', 1, 1],
  ['a NUL byte', 'a,b\n1,2\n3,\u0000\n', 'NUL_BYTE', 3, 2],
  ['a quote that is never closed', 'a,b\n1,"2\n3,4\n', 'UNCLOSED_QUOTE', 2, 2],
  ['a quote inside a cell', 'a,b\n1,2"3\n', 'STRAY_QUOTE', 2, 2],
  ['a name twice in the header', 'a,b,a\n1,2,3\n', 'DUPLICATE_HEADER', 1, 3],
  ['a name twice but for its letters', 'age,Age\n1,2\n', 'DUPLICATE_HEADER', 1, 2],
  ['a byte order mark', '\ufeffa,b\n1,2\n', 'BYTE_ORDER_MARK', 1, 1],
  ['a header that ends with a comma', '"id","diagnosis",\n842302,M\n842517,M\n', 'EMPTY_HEADER', 1, 3],
  ['an old Macintosh line end', 'a,b\r1,2\r', 'BARE_CARRIAGE_RETURN', 1, 2],
  ['no byte at all', '', 'NO_HEADER', 1, 1],
  ['a header and no row', 'a,b\n', 'NO_ROWS', 2, 1],
];

describe('a file is refused that has', () => {
  it.each(malformed)('%s', async (_, bytes, code, line, column) => {
    await expectMalformed(Readable.from(bytes.length > 0 ? [Buffer.from(bytes)] : []), {
      code,
      line,
      column,
    });
  });

  it('a fault in a row, without its values being repeated', async () => {
    const row = 'Jane Doe,9434765919,surplus\n';
    const place = { code: 'RAGGED_ROW', line: 2, column: 3 };
    const { detail } = await expectMalformed(Readable.from([Buffer.from(`name,nhs\n${row}`)]), place);
    expect(detail).not.toMatch(/Jane|9434765919|surplus/);
    expect(service.server.log()).not.toMatch(/Jane|9434765919|surplus/);
  });

  it('a single line of 200 MB, and the memory of the server stays flat', async () => {
    const peakMb = (): number => {
      const status = readFileSync(`/proc/${service.server.pid ?? 0}/status`, 'utf8');
      return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
    };
    const block = Buffer.alloc(1 << 20, 'x');
    // eslint-disable-next-line @typescript-eslint/require-await -- a stream of ready blocks
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (let megabytes = 0; megabytes < 200; megabytes += 1) yield block;
    }
    const before = peakMb();
    await expectMalformed(endless(), { code: 'RECORD_TOO_LONG', line: 1, column: 1 });
    await expectMalformed(
      (async function* () {
        yield Buffer.from('a,b\n1,"');
        yield* endless();
      })(),
      { code: 'RECORD_TOO_LONG', line: 2, column: 2 },
    );
    expect(peakMb() - before).toBeLessThan(150);
  });
});

describeWithShared(
  'the file with the trailing comma',
  'datasets/breast-cancer-wisconsin/data_kaggle_raw.csv',
  (file) => {
    it('is refused at the header', async () => {
      const place = { code: 'EMPTY_HEADER', line: 1, column: 33 };
      await expectMalformed(Readable.from([readFileSync(file)]), place);
    });
  },
);

describe('a ticket', () => {
  it('takes the mended file after a malformed one, and no third', async () => {
    const { id, path } = await openUpload(cast.custodian);
    expect((await send(path, 'a,b\n1\n')).status).toBe(422);
    expect((await cast.custodian.uploadFile(path, exampleFile)).status).toBe(200);
    expect(await inspectedUpload(cast.custodian, id)).toMatchObject({ state: 'INSPECTED', problem: null });
    const third = await send(path, 'a,b\n1,2\n');
    expect({ status: third.status, code: ((await third.json()) as Problem).code }).toEqual({
      status: 409,
      code: 'WRONG_STATE',
    });
    expect((await eventsOn(service.database, id)).at(-1)).toMatchObject({ outcome: 'refused' });
  });

  it('takes nothing from anybody else', async () => {
    const { id, path } = await openUpload(cast.custodian);
    const before = realZone();
    expect((await cast.researcher.uploadFile(path, exampleFile)).status).toBe(403);
    const other = await addPerson(service, ['custodian']);
    expect((await other.client.uploadFile(path, exampleFile)).status).toBe(403);
    expect((await eventsOn(service.database, id)).at(-1)).toMatchObject({
      actor_id: other.id,
      action: 'receive-upload',
      outcome: 'refused',
      details: { refusal: { code: 'NOT_PERMITTED' } },
    });
    expect(await other.client.call('query ($id: ID!) { upload(id: $id) { id } }', { id })).toBeNull();
    expect(realZone()).toEqual(before);
  });

  it('that has expired or never was takes nothing', async () => {
    const { id, path } = await openUpload(cast.custodian);
    await asOwner(service.database, "UPDATE upload SET expires_at = now() - interval '1 s' WHERE id = $1", [
      id,
    ]);
    expect((await send(path, 'a\n1\n')).status).toBe(409);
    expect((await send('/uploads/00000000-0000-4000-8000-000000000000', 'a\n1\n')).status).toBe(404);
    expect((await send('/uploads/..%2f..%2fx', 'a\n1\n')).status).toBe(400);
  });

  it.each([
    ['JSON', { 'content-type': 'application/json' }],
    ['a web form', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['compressed bytes', { 'content-type': 'text/csv', 'content-encoding': 'gzip' }],
    ['bytes of no type', { 'content-type': '' }],
  ])('does not take %s', async (_, headers) => {
    const { id, path } = await openUpload(cast.custodian);
    const token = await service.tokenOf('custodian');
    const response = await fetch(new URL(path, service.baseUrl), {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, ...headers },
      body: '{"a":1}',
    });
    expect(response.status).toBe(415);
    expect(await rowOf(service.database, 'upload', id)).toMatchObject({ state: 'OPEN' });
  });

  it('is open as before when the sender goes away mid-way', async () => {
    const before = realZone();
    const { id, path } = await openUpload(cast.custodian);
    const { hostname, port } = new URL(service.baseUrl);
    const authorization = `Bearer ${await service.tokenOf('custodian')}`;
    const sending = httpRequest({
      hostname,
      port,
      path,
      method: 'PUT',
      headers: { authorization, 'content-type': 'text/csv' },
    });
    sending.on('error', () => undefined);
    sending.write(`a,b\n${'1,2\n'.repeat(100_000)}`);
    await sleep(300);
    sending.destroy();
    await sleep(300);
    expect(realZone()).toEqual(before);
    expect(await rowOf(service.database, 'upload', id)).toMatchObject({ state: 'OPEN', content_hash: null });
    expect((await cast.custodian.uploadFile(path, exampleFile)).status).toBe(200);
  });
});
