import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openUpload } from '../../src/commands/example/steps.js';
import { asOwner, eventsOn, rowOf } from '../support/databases.js';
import { ask, postRaw, type RawAnswer } from '../attacks/raw-graphql.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
beforeAll(async () => {
  service = await startService({
    env: {
      PICKETFENCE_UPLOAD_BYTES_MAX: '1MB',
      PICKETFENCE_CALLS_PER_MINUTE: '40',
      PICKETFENCE_TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8',
    },
  });
});
afterAll(() => service.stop());

const rows = (megabytes: number): Readable => {
  const block = Buffer.from('1,2\n'.repeat(25_000));
  return Readable.from([Buffer.from('a,b\n'), ...Array.from({ length: megabytes * 10 }, () => block)]);
};

it('a file that is larger than the setting is refused, kept nowhere, and the ticket stays open', async () => {
  const custodian = await service.as('custodian');
  const { id, path } = await openUpload(custodian);
  const response = await custodian.upload(path, rows(3));
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ status: 413, code: 'TOO_LARGE' });
  expect(await rowOf(service.database, 'upload', id)).toMatchObject({ state: 'OPEN', content_hash: null });
  expect((await eventsOn(service.database, id)).at(-1)).toMatchObject({ outcome: 'refused' });
  const folder = join(service.home, 'objects', 'real-zone');
  const kept = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  expect(kept.filter((entry) => entry.isFile())).toEqual([]);
  expect((await custodian.upload(path, rows(0.5))).status).toBe(200);
});

it('one account asks so much in a minute, by session or token, and others go on', async () => {
  const token = await service.tokenOf('outsider');
  const authorization = `Bearer ${token}`;
  const asked = async (): Promise<RawAnswer> => ask(service, '{ me { id } }', { authorization });
  const codes: (string | null)[] = [];
  // Twice what is allowed, so that one minute holds more than enough even if another begins meanwhile.
  for (let call = 0; call < 90; call += 1) codes.push((await asked()).code);
  expect(codes.slice(0, 40)).toEqual(Array<null>(40).fill(null));
  expect(codes).toContain('RATE_LIMITED');
  const auditor = await service.as('auditor');
  const { id } = await auditor.call<{ id: string }>('{ me { id } }');
  expect(id).not.toBe('');
  const refused = await asOwner<{ count: string }>(
    service.database,
    `SELECT count(*) FROM audit_event WHERE action = 'call' AND outcome = 'refused'`,
  );
  // Once a minute, whatever comes.
  expect([1, 2]).toContain(Number(refused[0]?.count));
});

describe('behind proxies', () => {
  const body = JSON.stringify({
    query:
      'mutation { signIn(email: "nobody@demo.example", password: "x") { __typename ... on Refusal { code } } }',
  });
  const signInFrom = async (forwarded: string): Promise<string> => {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': forwarded };
    const { data } = await postRaw(service, body, headers);
    return (data?.['signIn'] as { code: string }).code;
  };
  const counted = (): Promise<{ key: string }[]> =>
    asOwner(service.database, `SELECT key FROM sign_in_counter WHERE key LIKE 'address:%' ORDER BY key`);

  it('an address is the last one that is no proxy, whatever the caller wrote before it', async () => {
    await asOwner(service.database, 'DELETE FROM sign_in_counter');
    await signInFrom('198.51.100.7, 203.0.113.9');
    await signInFrom('8.8.8.8, 203.0.113.9, 10.1.2.3');
    await signInFrom('garbage, 203.0.113.9');
    expect(await counted()).toEqual([{ key: 'address:203.0.113.9' }]);
    await asOwner(service.database, `UPDATE sign_in_counter SET attempts = 100 WHERE key LIKE 'address:%'`);
    expect(await signInFrom('198.51.100.8, 203.0.113.9')).toBe('RATE_LIMITED');
    expect(await signInFrom('203.0.113.10')).toBe('WRONG_CREDENTIALS');
  });
});
