import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiClient, refusalFields } from '../../src/commands/example/api-client.js';
import * as steps from '../../src/commands/example/steps.js';
import {
  agreedRequest,
  type Cast,
  type Prepared,
  prepareSource,
  refusalOf,
  signInAll,
} from '../support/cast.js';
import { asOwner, eventsOn, rowOf } from '../support/databases.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
let cast: Cast;
let prepared: Prepared;
beforeAll(async () => {
  service = await startService();
  cast = await signInAll(service);
  prepared = await prepareSource(cast);
});
afterAll(() => service.stop());

const cancelRequestJob = (person: ApiClient, id: string): Promise<unknown> =>
  person.call(`mutation ($id: ID!) { cancelRequestJob(id: $id) { __typename ${refusalFields} } }`, { id });

const cancelProfile = (person: ApiClient, id: string): Promise<unknown> =>
  person.call(`mutation ($id: ID!) { cancelProfile(id: $id) { __typename ${refusalFields} } }`, { id });

/** Waits until the newest job on a subject is in one of the states. */
const jobIn = (id: string, states: readonly string[]): Promise<{ state: string; progress: number }> =>
  steps.until(
    async () => {
      const [job] = await asOwner<{ state: string; progress: number }>(
        service.database,
        'SELECT state, progress FROM job WHERE subject_id = $1 ORDER BY created_at DESC LIMIT 1',
        [id],
      );
      return job ?? { state: 'NONE', progress: 0 };
    },
    ({ state }) => states.includes(state),
  );

it('a long generation is cancelled, nothing is left of it, and another one is made', async () => {
  const id = await agreedRequest(cast, prepared, { rows: 1_000_000 });
  const { mechanismId } = prepared;
  await steps.generateCandidate(cast.operator, id, { mechanismId, seed: 'long' });
  await jobIn(id, ['RUNNING']);
  await cancelRequestJob(cast.operator, id);
  expect(await jobIn(id, ['CANCELLED', 'DONE', 'FAILED'])).toMatchObject({ state: 'CANCELLED' });
  const left = { state: 'AGREED', candidate_hash: null, operator_id: null };
  expect(await rowOf(service.database, 'request', id)).toMatchObject(left);
  expect(await asOwner(service.database, 'SELECT 1 FROM candidate WHERE request_id = $1', [id])).toEqual([]);
  expect((await eventsOn(service.database, id)).slice(-2)).toMatchObject([
    { action: 'cancel-request', outcome: 'done' },
    { action: 'generation-failed-request', details: { reason: 'Cancelled.' } },
  ]);
  await asOwner(service.database, 'UPDATE request SET rows = 50 WHERE id = $1', [id]);
  await steps.generateCandidate(cast.operator, id, {
    mechanismId,
    seed: 'short',
    reason: 'The first one was cancelled.',
  });
  await steps.requestIn(cast.operator, id, ['EVALUATING']);
});

it('a long profile is cancelled, is not signed, and another one is made', async () => {
  const file = join(service.home, 'long.csv');
  const row = (index: number): string =>
    `${index % 97},${index % 89}.5,${index % 2 ? 'F' : 'M'},${index % 13}`;
  writeFileSync(
    file,
    `age,weight,sex,ward\n${Array.from({ length: 600_000 }, (_, index) => row(index)).join('\n')}\n`,
  );
  const source = await steps.registerSource(cast.custodian, file, {
    name: 'Long',
    description: 'Many rows.',
    citation: 'None.',
    licence: 'CC0',
  });
  await service.worker.stop();
  const { id } = await steps.requestProfile(cast.custodian, source.id);
  await cancelProfile(cast.custodian, id);
  service.worker.start();
  expect(await jobIn(id, ['CANCELLED', 'DONE', 'FAILED'])).toMatchObject({ state: 'CANCELLED' });
  expect(await rowOf(service.database, 'profile', id)).toMatchObject({
    state: 'FAILED',
    content: null,
    problem: 'Cancelled.',
  });
  const again = await steps.requestProfile(cast.custodian, source.id);
  expect(await steps.finishedProfile(cast.custodian, again.id)).toMatchObject({ state: 'READY' });
});

it('only running work is cancelled, and only by those who may', async () => {
  const id = await agreedRequest(cast, prepared);
  expect((await refusalOf(cancelRequestJob(cast.operator, id))).code).toBe('NOT_RUNNING');
  for (const who of ['researcher', 'evaluator', 'approver', 'custodian'] as const) {
    expect((await refusalOf(cancelRequestJob(cast[who], id))).code).toBe('NOT_PERMITTED');
  }
  expect((await eventsOn(service.database, id)).at(-1)).toMatchObject({
    action: 'cancel-request',
    outcome: 'refused',
  });
});
