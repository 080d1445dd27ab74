import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openUpload } from '../../src/commands/example/steps.js';
import { eventsOn, rowOf } from '../support/databases.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
beforeAll(async () => {
  service = await startService({ env: { PICKETFENCE_UPLOAD_BYTES_MAX: '1MB' } });
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
