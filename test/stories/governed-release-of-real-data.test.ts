import { createHash } from 'node:crypto';
import * as steps from '../../src/commands/example/steps.js';
import { endorsedRequest, prepareSource, signInAll } from '../support/cast.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

it('takes a real extract through all eight steps to a download', async () => {
  const cast = await signInAll(service);
  const prepared = await prepareSource(cast);
  expect(prepared.columns).toHaveLength(31);
  expect(prepared.columns).not.toContain('id');
  const { id, candidateHash } = await endorsedRequest(cast, prepared);
  await steps.approveRequest(cast.approver, id, candidateHash);
  await steps.requestIn(cast.researcher, id, ['PUBLISHED']);
  const release = await steps.releaseOf(cast.researcher, id);
  expect(release.files.map(({ name }) => name)).toEqual([
    'breast-cancer-diagnostics-synthetic.csv',
    'README.md',
    'manifest.json',
  ]);
  for (const file of release.files) {
    const response = await cast.researcher.get(file.path);
    expect(response.status).toBe(200);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
  }
});
