import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import * as steps from '../../src/commands/example/steps.js';
import {
  addPerson,
  type Cast,
  decide,
  endorsedRequest,
  evaluatedRequest,
  type Prepared,
  prepareSource,
  refusalOf,
  releasedRequest,
  signInAll,
  type Somebody,
} from '../support/cast.js';
import { asOwner, eventsOn } from '../support/databases.js';
import {
  commandIncident,
  recallRelease,
  reportIncident,
  startSuccessor,
} from '../support/lifecycle-steps.js';
import { topicsOn } from '../support/notified.js';
import { type Service, startService } from '../support/service.js';
import { waitFor } from '../support/wait-for.js';

let service: Service;
let cast: Cast;
let prepared: Prepared;
/** Of information governance, without a part in any release. */
let judge: Somebody;
beforeAll(async () => {
  service = await startService({ env: { PICKETFENCE_SWEEP_MS: '200' } });
  cast = await signInAll(service);
  prepared = await prepareSource(cast);
  judge = await addPerson(service, ['ig-approver']);
});
afterAll(() => service.stop());

async function download(path: string): Promise<number> {
  const response = await cast.researcher.get(path);
  await response.arrayBuffer();
  return response.status;
}

/** The hashes of the files of each attempt whose bytes have not been destroyed, by the record. */
async function keptBy(id: string): Promise<{ attempt: number; keys: string[] }[]> {
  return asOwner(
    service.database,
    `SELECT attempt, ARRAY(SELECT file ->> 'sha256' FROM jsonb_array_elements(files) AS file) AS keys
     FROM candidate WHERE request_id = $1 AND destroyed_at IS NULL ORDER BY attempt`,
    [id],
  );
}

const isInQuarantine = (key: string): boolean =>
  existsSync(join(service.home, 'objects', 'quarantine', key.slice(0, 2), key));

/** While a generation waits to be written down, somebody destroys the files that it wrote. */
async function destroyUnderIt(generate: () => Promise<unknown>): Promise<void> {
  const quarantine = join(service.home, 'objects', 'quarantine');
  const files = (): string[] =>
    readdirSync(quarantine, { recursive: true, encoding: 'utf8' }).filter((name) => name.length > 64);
  const owner = new pg.Client({ connectionString: service.database.ownerUrl });
  await owner.connect();
  await owner.query('BEGIN');
  await owner.query(`SELECT pg_advisory_xact_lock(hashtext('picketfence-quarantine'))`);
  const before = files();
  await generate();
  await waitFor(async () => {
    const { rowCount } = await owner.query(
      `SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
       WHERE locktype = 'advisory' AND mode = 'ShareLock' AND NOT granted AND datname = current_database()`,
    );
    return rowCount === 1;
  });
  const written = files().filter((name) => !before.includes(name));
  expect(written.length).toBeGreaterThan(0);
  for (const name of written) rmSync(join(quarantine, name));
  await owner.query('ROLLBACK');
  await owner.end();
}

/** Waits until nothing of the request is on record as kept. @returns the hashes of what was */
async function untilDestroyed(id: string, act: () => Promise<unknown>): Promise<string[]> {
  const before = (await keptBy(id)).flatMap(({ keys }) => keys);
  expect(before.length).toBeGreaterThan(0);
  expect(before.filter((key) => !isInQuarantine(key))).toEqual([]);
  await act();
  await waitFor(async () => (await keptBy(id)).length === 0);
  return before;
}

interface JudgedIncident {
  readonly id: string;
  readonly affected: readonly { readonly requestId: string; readonly by: string; readonly state: string }[];
}

async function affectedBy(incidentId: string): Promise<JudgedIncident['affected']> {
  const all = await judge.client.call<JudgedIncident[]>(
    '{ incidents { id affected { requestId by state } } }',
  );
  return all.find(({ id }) => id === incidentId)?.affected ?? [];
}

async function confirmedIncident(requestId: string): Promise<string> {
  const { id } = await reportIncident(cast.outsider, requestId, 'LOW');
  await commandIncident(judge.client, id, 'TRIAGE');
  expect((await commandIncident(judge.client, id, 'CONFIRM')).state).toBe('CONFIRMED');
  return id;
}

it('an amendment is a request of its own; the amended release stays until it is published, then gives way', async () => {
  const { id: parentId, release } = await releasedRequest(cast, prepared);
  expect(await download(release.files[0]?.path ?? '')).toBe(200);
  const draft = await startSuccessor(cast.researcher, 'amendRequest', parentId);
  expect(draft).toMatchObject({ state: 'DRAFT', parentId, linkKind: 'amendment' });
  expect((await refusalOf(startSuccessor(cast.researcher, 'amendRequest', parentId))).code).toBe(
    'ALREADY_REGISTERED',
  );
  await steps.submitRequest(cast.researcher, draft.id);
  await steps.agreeRequest(cast.operator, draft.id);
  await steps.generateCandidate(cast.operator, draft.id, {
    mechanismId: prepared.mechanismId,
    seed: 'amended',
  });
  const { candidateHash } = await steps.requestIn(cast.evaluator, draft.id, ['EVALUATING']);
  await steps.endorseRequest(cast.evaluator, draft.id, candidateHash ?? '');
  expect((await steps.requestIn(cast.researcher, parentId, ['PUBLISHED', 'SUPERSEDED'])).state).toBe(
    'PUBLISHED',
  );
  await steps.approveRequest(cast.approver, draft.id, candidateHash ?? '');
  await steps.requestIn(cast.researcher, draft.id, ['PUBLISHED']);
  expect((await steps.requestIn(cast.researcher, parentId, ['PUBLISHED', 'SUPERSEDED'])).state).toBe(
    'SUPERSEDED',
  );
  const incident = await confirmedIncident(parentId);
  expect((await steps.requestIn(cast.researcher, parentId, ['SUPERSEDED', 'REVOKED'])).state).toBe(
    'SUPERSEDED',
  );
  expect((await steps.requestIn(cast.researcher, draft.id, ['PUBLISHED', 'REVOKED'])).state).toBe(
    'PUBLISHED',
  );
  expect(await topicsOn(cast.researcher, release.id)).toEqual(['destroy-ended']);
  expect(await affectedBy(incident)).toEqual([
    { requestId: parentId, by: 'ITSELF', state: 'SUPERSEDED' },
    { requestId: draft.id, by: 'LINEAGE', state: 'PUBLISHED' },
  ]);
});

it('a rejection is appealed against by a new request, and stays a rejection', async () => {
  const { id } = await endorsedRequest(cast, prepared);
  const bytes = await untilDestroyed(id, () => decide(cast.approver, 'reject', id));
  // Equal files, such as what the columns are, are kept once for all candidates.
  const needed = await asOwner<{ key: string }>(
    service.database,
    `SELECT file ->> 'sha256' AS key FROM candidate, jsonb_array_elements(files) AS file WHERE destroyed_at IS NULL`,
  );
  const others = new Set(needed.map(({ key }) => key));
  expect(bytes.filter((key) => isInQuarantine(key) !== others.has(key))).toEqual([]);
  expect(bytes.filter((key) => !others.has(key)).length).toBeGreaterThan(0);
  const appeal = await startSuccessor(cast.researcher, 'appealRequest', id);
  expect(appeal).toMatchObject({ state: 'DRAFT', parentId: id, linkKind: 'appeal' });
  expect((await steps.requestIn(cast.researcher, id, ['REJECTED'])).state).toBe('REJECTED');
});

it('nobody amends or appeals for somebody else, nor in the wrong state', async () => {
  const { id } = await releasedRequest(cast, prepared);
  expect((await refusalOf(startSuccessor(cast.outsider, 'amendRequest', id))).code).toBe('NOT_PERMITTED');
  expect((await refusalOf(startSuccessor(cast.researcher, 'appealRequest', id))).code).toBe('WRONG_STATE');
});

it('a release expires by itself', async () => {
  const { id, release } = await releasedRequest(cast, prepared);
  expect(await download(release.files[0]?.path ?? '')).toBe(200);
  await asOwner(service.database, `UPDATE release SET expires_at = now() WHERE id = $1`, [release.id]);
  await steps.requestIn(cast.researcher, id, ['EXPIRED']);
  expect(await download(release.files[0]?.path ?? '')).toBe(403);
  expect(await keptBy(id)).toHaveLength(1);

  let incident = '';
  await untilDestroyed(id, async () => {
    incident = await confirmedIncident(id);
  });
  expect((await steps.requestIn(cast.researcher, id, ['EXPIRED', 'REVOKED'])).state).toBe('EXPIRED');
  expect(await topicsOn(cast.researcher, release.id)).toEqual(['destroy-ended']);
  const asked = await asOwner(service.database, 'SELECT 1 FROM destruction WHERE release_id = $1', [
    release.id,
  ]);
  expect(asked).toHaveLength(1);
  const events = (await eventsOn(service.database, release.id)).filter(
    ({ action }) => action === 'ask-for-destruction',
  );
  expect(events.map(({ details }) => details)).toEqual([{ incident, asked: 1 }]);
  const others = await affectedBy(incident);
  expect(others[0]).toMatchObject({ requestId: id, by: 'ITSELF' });
  expect(others.length).toBeGreaterThan(2);
  expect(others.slice(1).map(({ by }) => by)).toEqual(others.slice(1).map(() => 'MECHANISM'));
});

it('what was recalled is destroyed, below the release root as well; what else is released stays', async () => {
  const other = await releasedRequest(cast, prepared);
  const { id } = await releasedRequest(cast, prepared);
  const [{ folder } = { folder: '' }] = await asOwner<{ folder: string }>(
    service.database,
    'SELECT folder FROM release WHERE request_id = $1',
    [id],
  );
  const root = join(service.home, 'objects', 'release');
  expect(readdirSync(root)).toContain(folder);
  await untilDestroyed(id, () => recallRelease(judge.client, id));
  expect(readdirSync(root)).not.toContain(folder);
  const [kept] = await keptBy(other.id);
  expect(kept?.keys.filter((key) => !isInQuarantine(key))).toEqual([]);
  expect(await download(other.release.files[0]?.path ?? '')).toBe(200);
});

it('of a candidate that is made anew the earlier one is destroyed, but what both have', async () => {
  const { id } = await evaluatedRequest(cast, prepared, { seed: 'first' });
  const first = await untilDestroyed(id, () => decide(cast.evaluator, 'rework', id));
  await destroyUnderIt(() =>
    steps.generateCandidate(cast.operator, id, {
      ...{ mechanismId: prepared.mechanismId, seed: 'second', reason: 'The first one was not good enough.' },
    }),
  );
  await steps.requestIn(cast.evaluator, id, ['EVALUATING', 'BLOCKED']);
  const kept = await keptBy(id);
  expect(kept.map(({ attempt }) => attempt)).toEqual([2]);
  const second = kept.flatMap(({ keys }) => keys);
  expect(second.filter((key) => !isInQuarantine(key))).toEqual([]);
  expect(first.filter((key) => !second.includes(key)).length).toBeGreaterThan(0);
  const [evaluation] = await asOwner(
    service.database,
    'SELECT checks FROM evaluation WHERE request_id = $1',
    [id],
  );
  expect(evaluation).toBeDefined();
});

it('a request that the audit team closes leaves nothing in quarantine', async () => {
  const { id } = await endorsedRequest(cast, prepared, { seed: 'closed' });
  const close =
    'mutation ($id: ID!) { closeRequest(id: $id, reason: "No longer needed by anybody.") { __typename ... on Request { state } } }';
  expect(await cast.operator.call(close, { id })).toMatchObject({ state: 'WITHDRAWN' });
  const destroyed = await steps.until(
    () =>
      asOwner<{ details: { destroyed: string[] } }>(
        service.database,
        `SELECT details FROM audit_event WHERE action = 'destroy-candidate' AND subject_id = $1`,
        [id],
      ),
    (events) => events.length > 0,
  );
  expect(destroyed[0]?.details.destroyed).toHaveLength(3);
});

it('a candidate is checked again on demand, and everything said of it is void', async () => {
  const { id, candidateHash } = await endorsedRequest(cast, prepared, { seed: 'again' });
  const recheck =
    'mutation ($id: ID!) { recheckRequest(id: $id, reason: "There is a newer attack.") { __typename ... on Request { state } } }';
  await cast.evaluator.call(recheck, { id });
  await steps.requestIn(cast.evaluator, id, ['EVALUATING']);
  expect((await refusalOf(steps.approveRequest(cast.approver, id, candidateHash))).code).toBe('WRONG_STATE');
  expect((await steps.endorseRequest(cast.evaluator, id, candidateHash)).state).toBe('IG_REVIEW');
});
