import * as steps from '../../src/commands/example/steps.js';
import {
  type Cast,
  decide,
  endorsedRequest,
  type Prepared,
  prepareSource,
  refusalOf,
  releasedRequest,
  signInAll,
} from '../support/cast.js';
import { asOwner } from '../support/databases.js';
import { startSuccessor } from '../support/lifecycle-steps.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
let cast: Cast;
let prepared: Prepared;
beforeAll(async () => {
  service = await startService({ env: { PICKETFENCE_SWEEP_MS: '200' } });
  cast = await signInAll(service);
  prepared = await prepareSource(cast);
});
afterAll(() => service.stop());

it('an amendment is a request of its own; the amended release stays until it is published, then gives way', async () => {
  const { id: parentId } = await releasedRequest(cast, prepared);
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
});

it('a rejection is appealed against by a new request, and stays a rejection', async () => {
  const { id } = await endorsedRequest(cast, prepared);
  await decide(cast.approver, 'reject', id);
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
  await asOwner(service.database, `UPDATE release SET expires_at = now() WHERE id = $1`, [release.id]);
  await steps.requestIn(cast.researcher, id, ['EXPIRED']);
  expect((await cast.researcher.get(release.files[0]?.path ?? '')).status).toBe(403);
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
