import { join } from 'node:path';
import * as steps from '../../src/commands/example/steps.js';
import { type Cast, decide, type Prepared, prepareSource, signInAll } from '../support/cast.js';
import { asOwner, eventsOn } from '../support/databases.js';
import { notificationsOn, topicsOn } from '../support/notified.js';
import { type Service, ServiceProcess, startService } from '../support/service.js';
import { waitFor } from '../support/wait-for.js';

/** A whole way of a request, on machines with little to spare. */
const setUpMsMax = 180_000;

const sweepMs = '100';

let service: Service;
let cast: Cast;
let prepared: Prepared;
let secondWorker: ServiceProcess;

beforeAll(async () => {
  service = await startService({ env: { PICKETFENCE_SWEEP_MS: sweepMs } });
  const { home, database } = service;
  const environment = {
    ...{ PATH: process.env['PATH'], PICKETFENCE_MODE: 'demo', PICKETFENCE_HOME: home },
    ...{ DATABASE_APP_URL: database.appUrl, PICKETFENCE_SWEEP_MS: sweepMs },
  };
  secondWorker = new ServiceProcess('worker', environment, join(home, 'second-worker.log'));
  secondWorker.start();
  cast = await signInAll(service);
  prepared = await prepareSource(cast);
}, setUpMsMax);
afterAll(async () => {
  await secondWorker.stop();
  await service.stop();
});

async function submitted(): Promise<string> {
  const { sourceId, columns } = prepared;
  const draft = { title: 'Waiting', purpose: 'To wait for the audit team.', rows: 10, columns };
  const { id } = await steps.draftRequest(cast.researcher, sourceId, draft);
  await steps.submitRequest(cast.researcher, id);
  return id;
}

/** Lets the time of a threshold have come. */
async function reach(threshold: 'remind_at' | 'overdue_at', ids: readonly string[]): Promise<void> {
  const change = `UPDATE request_clock SET ${threshold} = now() - interval '1 second' WHERE request_id = ANY ($1)`;
  await asOwner(service.database, change, [ids]);
}

async function remindersOn(id: string): Promise<unknown[]> {
  const events = await eventsOn(service.database, id);
  return events
    .filter(({ action }) => action === 'remind-request')
    .map(({ details }) => details['threshold']);
}

interface ServiceLevel {
  readonly dueAt: string | null;
  readonly paused: boolean;
  readonly overdue: boolean;
}

async function slaOf(id: string): Promise<ServiceLevel | null> {
  const { sla } = await cast.researcher.call<{ sla: ServiceLevel | null }>(
    'query ($id: ID!) { request(id: $id) { sla { dueAt paused overdue } } }',
    { id },
  );
  return sla;
}

it('of two workers that look at once, each request gets one reminder and one notice that it is overdue', async () => {
  const ids: string[] = [];
  for (let count = 0; count < 8; count += 1) ids.push(await submitted());
  await reach('remind_at', ids);
  const all = async (): Promise<unknown[][]> => Promise.all(ids.map(remindersOn));
  await waitFor(async () => (await all()).every((found) => found.length > 0));
  await reach('overdue_at', ids);
  await waitFor(async () => (await all()).every((found) => found.length > 1));
  // What comes due later is reminded of later: by then both workers have looked again at what was due before.
  for (let round = 0; round < 3; round += 1) {
    const later = await submitted();
    await reach('remind_at', [later]);
    await waitFor(async () => (await remindersOn(later)).length > 0);
  }
  expect(await all()).toEqual(ids.map(() => ['reminder', 'overdue']));
  for (const id of ids) {
    const rows = await notificationsOn(service.database, id);
    // Operator and evaluator may agree, each has an inbox and an address, and was told three times.
    expect(rows).toHaveLength(2 * 2 * 3);
  }
  expect(await topicsOn(cast.operator, ids[0] ?? '')).toEqual(['to-agree', 'reminder', 'overdue']);
  expect(await topicsOn(cast.researcher, ids[0] ?? '')).toEqual([]);
});

it('the clock stands still while a request is returned, and goes on where it was', async () => {
  const { sourceId, columns } = prepared;
  const draft = { title: 'Returned', purpose: 'To be returned and submitted again.', rows: 10, columns };
  const { id } = await steps.draftRequest(cast.researcher, sourceId, draft);
  expect(await slaOf(id)).toBeNull();
  await steps.submitRequest(cast.researcher, id);
  expect(await slaOf(id)).toMatchObject({
    paused: false,
    overdue: false,
    dueAt: expect.any(String) as unknown,
  });
  await reach('remind_at', [id]);
  await waitFor(async () => (await remindersOn(id)).length === 1);
  await decide(cast.operator, 'return', id);
  expect(await slaOf(id)).toEqual({ dueAt: null, paused: true, overdue: false });
  const visitOf = async (): Promise<unknown> =>
    (
      await asOwner(service.database, 'SELECT visit, paused FROM request_clock WHERE request_id = $1', [id])
    )[0];
  const { paused } = (await visitOf()) as { paused: { visit: string; state: string } };
  expect(paused.state).toBe('SUBMITTED');
  await cast.researcher.call(`mutation ($id: ID!) { resubmitRequest(id: $id) { __typename } }`, { id });
  expect(await visitOf()).toEqual({ visit: paused.visit, paused: null });
  await reach('remind_at', [id]);
  const later = await submitted();
  await reach('remind_at', [later]);
  await waitFor(async () => (await remindersOn(later)).length > 0);
  expect(await remindersOn(id)).toEqual(['reminder']);
});

it('a request says when it is overdue, and no longer does when it has moved on', async () => {
  const id = await submitted();
  expect((await slaOf(id))?.overdue).toBe(false);
  await reach('overdue_at', [id]);
  expect((await slaOf(id))?.overdue).toBe(true);
  await steps.agreeRequest(cast.operator, id);
  expect((await slaOf(id))?.overdue).toBe(false);
});
