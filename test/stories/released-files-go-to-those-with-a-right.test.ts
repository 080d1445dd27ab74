import { request as httpRequest } from 'node:http';
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ApiClient } from '../../src/commands/example/api-client.js';
import { type ReleaseAnswer } from '../../src/commands/example/steps.js';
import { type Cast, type Prepared, prepareSource, releasedRequest, signInAll } from '../support/cast.js';
import { asOwner, lastEvent } from '../support/databases.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
let cast: Cast;
let prepared: Prepared;
let release: ReleaseAnswer;
let requestId: string;
beforeAll(async () => {
  service = await startService();
  cast = await signInAll(service);
  prepared = await prepareSource(cast);
  ({ id: requestId, release } = await releasedRequest(cast, prepared));
});
afterAll(() => service.stop());

const pathOf = (name: string, of: ReleaseAnswer = release): string =>
  of.files.find((file) => file.name.endsWith(name))?.path ?? '';

async function expectProblem(response: Response, status: number, code: string): Promise<void> {
  const body = await response.text();
  expect({ status: response.status, body: JSON.parse(body) as unknown }).toMatchObject({
    status,
    body: { status, code },
  });
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
}

/** As it stands: fetch would tidy the path up. */
function getRaw(path: string, token: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(service.baseUrl);
    const headers = { authorization: `Bearer ${token}` };
    const sent = httpRequest({ hostname, port, path, headers }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => (body += text));
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, body });
      });
    });
    sent.on('error', reject).end();
  });
}

describe('a released file', () => {
  it('goes to its requester with its hash, and this is on record', async () => {
    const response = await cast.researcher.get(pathOf('.csv'));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toContain('attachment');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect((await response.text()).split('\n')).toHaveLength(102);
    expect(await lastEvent(service.database, 'download-file')).toMatchObject({
      outcome: 'done',
      subject_id: release.id,
      details: { file: 'breast-cancer-diagnostics-synthetic.csv' },
    });
  });

  it.each(['outsider', 'operator', 'evaluator', 'auditor', 'custodian'] as const)(
    'does not go to the %s, and the attempt is on record',
    async (who) => {
      await expectProblem(await cast[who].get(pathOf('.csv')), 403, 'NOT_PERMITTED');
      const action = who === 'outsider' ? 'download-file' : 'download';
      expect(await lastEvent(service.database, action)).toMatchObject({
        outcome: 'refused',
        details: { refusal: { code: 'NOT_PERMITTED' } },
      });
    },
  );

  it('does not go to anybody who is not signed in, or was signed out', async () => {
    const path = pathOf('.csv');
    await expectProblem(await ApiClient.anonymous(service.baseUrl).get(path), 401, 'UNAUTHENTICATED');
    for (const authorization of [
      'Bearer invalid',
      'Bearer ',
      'Basic YTpi',
      'bearer x',
      `Bearer ${'x'.repeat(5000)}`,
    ]) {
      const response = await fetch(new URL(path, service.baseUrl), { headers: { authorization } });
      await expectProblem(response, 401, 'UNAUTHENTICATED');
    }
    const leaver = await service.as('researcher');
    await leaver.call('mutation { signOut }');
    await expectProblem(await leaver.get(path), 401, 'UNAUTHENTICATED');
  });

  it('is not found under another name or release', async () => {
    const { researcher } = cast;
    await expectProblem(await researcher.get(`/releases/${release.id}/files/data.csv`), 404, 'NOT_FOUND');
    const nowhere = '/releases/00000000-0000-4000-8000-000000000000/files/README.md';
    await expectProblem(await researcher.get(nowhere), 404, 'NOT_FOUND');
    expect((await researcher.get('/releases/not-an-id/files/README.md')).status).toBe(400);
  });

  it.each([
    '..%2f..%2f..%2fserver.log',
    '..%2F..%2Freal-zone',
    '%2e%2e%2f%2e%2e%2fsecrets%2fdatabase-app-password',
    '..%5c..%5cserver.log',
    '%2fetc%2fpasswd',
    'README.md%00.csv',
    '..',
    '.',
    '%2e%2e',
    '%c0%ae%c0%ae%c0%af',
  ])('is not reached by way of %s', async (name) => {
    const token = await service.tokenOf('researcher');
    const { status, body } = await getRaw(`/releases/${release.id}/files/${name}`, token);
    expect([400, 404, 409]).toContain(status);
    expect(body).not.toContain('picketfence-story');
    expect(body).not.toMatch(/ at .*\.js/);
  });

  it('is not served once its bytes have changed: the release is suspended, and this is on record', async () => {
    const { id, release: changed } = await releasedRequest(cast, prepared);
    const [found] = await asOwner<{ folder: string }>(
      service.database,
      'SELECT folder FROM release WHERE id = $1',
      [changed.id],
    );
    const folder = join(service.home, 'objects', 'release', found?.folder ?? '');
    const file = readdirSync(folder).find((name) => name.endsWith('.csv')) ?? '';
    appendFileSync(join(folder, file), 'M,1,2,3\n');
    await expectProblem(await cast.researcher.get(pathOf('.csv', changed)), 409, 'CANDIDATE_CHANGED');
    expect(await lastEvent(service.database, 'download-file')).toMatchObject({
      outcome: 'refused',
      subject_id: changed.id,
      details: { refusal: { code: 'CANDIDATE_CHANGED' } },
    });
    await expectProblem(await cast.researcher.get(pathOf('README.md', changed)), 403, 'NOT_PERMITTED');
    expect(JSON.stringify(await cast.researcher.call('{ releases { id } }'))).not.toContain(changed.id);
    expect(await lastEvent(service.database, 'suspend-request')).toMatchObject({
      subject_id: id,
      actor_id: null,
    });
  });

  it.each(['SUSPENDED', 'REVOKED', 'EXPIRED', 'SUPERSEDED'])(
    'is neither listed, shown nor served when its request is %s',
    async (state) => {
      const { id, release: gone } = await releasedRequest(cast, prepared);
      await asOwner(service.database, 'UPDATE request SET state = $2 WHERE id = $1', [id, state]);
      await expectProblem(await cast.researcher.get(pathOf('.csv', gone)), 403, 'NOT_PERMITTED');
      const { researcher } = cast;
      expect(JSON.stringify(await researcher.call('{ releases { id } }'))).not.toContain(gone.id);
      const shown = await researcher.call('query ($id: ID!) { request(id: $id) { release { id } } }', { id });
      expect(shown).toEqual({ release: null });
    },
  );

  it('is not listed or shown to an outsider', async () => {
    expect(await cast.outsider.call('{ releases { id } }')).toEqual([]);
    const shown = cast.outsider.call('query ($id: ID!) { request(id: $id) { release { id } } }', {
      id: requestId,
    });
    expect(await shown).toBeNull();
  });
});
