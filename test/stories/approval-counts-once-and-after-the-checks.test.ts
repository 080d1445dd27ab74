import * as steps from '../../src/commands/example/steps.js';
import { refusalFields } from '../../src/commands/example/api-client.js';
import {
  type Cast,
  copyOf,
  endorsedRequest,
  expectRefusedAndRecorded,
  type Prepared,
  prepareSource,
  signInAll,
} from '../support/cast.js';
import { asOwner } from '../support/databases.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
let cast: Cast;
let prepared: Prepared;
let endorsed: { id: string; candidateHash: string };
beforeAll(async () => {
  service = await startService();
  cast = await signInAll(service);
  prepared = await prepareSource(cast);
  endorsed = await endorsedRequest(cast, prepared);
});
afterAll(() => service.stop());

const setState = (id: string, state: string): Promise<unknown[]> =>
  asOwner(service.database, 'UPDATE request SET state = $2 WHERE id = $1', [id, state]);

describe('before its time', () => {
  const states = 'DRAFT SUBMITTED RETURNED AGREED GENERATING CHECKING BLOCKED EVALUATING'.split(' ');

  it.each(states)('nobody approves a request that is %s', async (state) => {
    const { id, candidateHash } = await copyOf(service, endorsed);
    await setState(id, state);
    await expectRefusedAndRecorded(service, { requestId: id, command: 'approve', code: 'WRONG_STATE' }, () =>
      steps.approveRequest(cast.approver, id, candidateHash),
    );
  });

  it.each(['AGREED', 'GENERATING', 'CHECKING', 'BLOCKED', 'IG_REVIEW', 'APPROVED', 'PUBLISHED'])(
    'nobody endorses a request that is %s',
    async (state) => {
      const { id, candidateHash } = await copyOf(service, endorsed);
      await asOwner(
        service.database,
        'UPDATE request SET approver_ids = ARRAY[gen_random_uuid()] WHERE id = $1',
        [id],
      );
      await setState(id, state);
      await expectRefusedAndRecorded(
        service,
        { requestId: id, command: 'endorse', code: 'WRONG_STATE' },
        () => steps.endorseRequest(cast.evaluator, id, candidateHash),
      );
    },
  );

  it.each([
    ['never ran', 'checks_outcome = NULL', 'CHECKS_NOT_PASSED'],
    ['failed', "checks_outcome = 'fail'", 'CHECKS_NOT_PASSED'],
    ['ran under another policy', "checks_policy_hash = 'another'", 'STALE_POLICY'],
  ])('nobody approves in IG_REVIEW when the checks %s', async (_, change, code) => {
    const { id, candidateHash } = await copyOf(service, endorsed);
    await asOwner(service.database, `UPDATE request SET ${change} WHERE id = $1`, [id]);
    await expectRefusedAndRecorded(service, { requestId: id, command: 'approve', code }, () =>
      steps.approveRequest(cast.approver, id, candidateHash),
    );
  });
});

describe('an approval', () => {
  const approve = (
    id: string,
    change: { hash: string; declaresNoConflict?: boolean; reason?: string },
  ): Promise<unknown> =>
    cast.approver.call(
      `mutation ($id: ID!, $hash: String!, $reason: String!, $declaresNoConflict: Boolean!) {
         approveRequest(id: $id, reason: $reason, candidateHash: $hash, declaresNoConflict: $declaresNoConflict) {
           __typename ... on Request { id state } ${refusalFields}
         }
       }`,
      { id, reason: 'No significant risk.', declaresNoConflict: true, ...change },
    );

  it.each([
    ['names another candidate', { hash: 'f'.repeat(64) }, 'CANDIDATE_CHANGED'],
    ['names no candidate', { hash: '' }, 'CANDIDATE_CHANGED'],
    ['gives no reason', { reason: '          ' }, 'INCOMPLETE'],
  ])('that %s does not count', async (_, change, code) => {
    const { id, candidateHash } = await copyOf(service, endorsed);
    await expectRefusedAndRecorded(service, { requestId: id, command: 'approve', code }, () =>
      approve(id, { hash: candidateHash, ...change }),
    );
  });

  it('counts once for a person', async () => {
    const { id, candidateHash } = await copyOf(service, endorsed);
    await steps.approveRequest(cast.approver, id, candidateHash);
    await steps.requestIn(cast.approver, id, ['PUBLISHED']);
    await expectRefusedAndRecorded(service, { requestId: id, command: 'approve', code: 'WRONG_STATE' }, () =>
      steps.approveRequest(cast.approver, id, candidateHash),
    );
  });

  it('by a person who has approved in this round already is refused where two are needed', async () => {
    const { id, candidateHash } = await copyOf(service, endorsed);
    await asOwner(
      service.database,
      `UPDATE request SET approver_ids = ARRAY[(SELECT id FROM person WHERE email = 'approver@demo.example')]
       WHERE id = $1`,
      [id],
    );
    await expectRefusedAndRecorded(
      service,
      { requestId: id, command: 'approve', code: 'ALREADY_DECIDED' },
      () => steps.approveRequest(cast.approver, id, candidateHash),
    );
  });

  it('of an earlier candidate does not carry over to the next one', async () => {
    const { id, candidateHash } = await copyOf(service, endorsed);
    await cast.approver.call(
      `mutation ($id: ID!) { queryRequest(id: $id, reason: "Look at it again.") { __typename } }`,
      { id },
    );
    await cast.evaluator.call(
      `mutation ($id: ID!) { reworkRequest(id: $id, reason: "Another seed, please.") { __typename } }`,
      { id },
    );
    const reason = 'The evaluator asked for another seed.';
    const choice = { mechanismId: prepared.mechanismId, seed: 'another', reason };
    await steps.generateCandidate(cast.operator, id, choice);
    const { candidateHash: next } = await steps.requestIn(cast.evaluator, id, ['EVALUATING']);
    expect(next).not.toBe(candidateHash);
    await steps.endorseRequest(cast.evaluator, id, next ?? '');
    await expectRefusedAndRecorded(
      service,
      { requestId: id, command: 'approve', code: 'CANDIDATE_CHANGED' },
      () => steps.approveRequest(cast.approver, id, candidateHash),
    );
  });
});
