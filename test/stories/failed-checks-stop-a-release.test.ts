import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as steps from '../../src/commands/example/steps.js';
import {
  agreedRequest,
  type Cast,
  decide,
  expectRefusedAndRecorded,
  type Prepared,
  prepareSource,
  publishRequest,
  refusalOf,
  signInAll,
} from '../support/cast.js';
import { asOwner, eventsOn, lastEvent } from '../support/databases.js';
import { type Service, startService } from '../support/service.js';

/** A copy of our policies in which no candidate is similar enough, and a second one is the last. */
function strictPolicies(): string {
  const folder = mkdtempSync(join(tmpdir(), 'picketfence-policies-'));
  cpSync('policies', folder, { recursive: true });
  const file = join(folder, 'thresholds', 'low.json');
  const thresholds = JSON.parse(readFileSync(file, 'utf8')) as { checks: Record<string, object> };
  Object.assign(thresholds.checks['univariate-similarity'] ?? {}, { pass: 1, fail: 1 });
  writeFileSync(file, JSON.stringify(thresholds));
  const lifecycle = join(folder, 'lifecycle.json');
  const clocks = JSON.parse(readFileSync(lifecycle, 'utf8')) as object;
  writeFileSync(lifecycle, JSON.stringify({ ...clocks, attemptsMax: { STRUCTURAL: 2, LOW: 2, HIGH: 2 } }));
  return folder;
}

let service: Service;
let cast: Cast;
let prepared: Prepared;
const policies = strictPolicies();
beforeAll(async () => {
  service = await startService({ env: { PICKETFENCE_POLICIES: policies } });
  cast = await signInAll(service);
  prepared = await prepareSource(cast);
});
afterAll(async () => {
  await service.stop();
  await rm(policies, { recursive: true });
});

async function blockedRequest(): Promise<{ id: string; candidateHash: string }> {
  const id = await agreedRequest(cast, prepared);
  await steps.generateCandidate(cast.operator, id, { mechanismId: prepared.mechanismId });
  const { candidateHash } = await steps.requestIn(cast.evaluator, id, ['BLOCKED']);
  return { id, candidateHash: candidateHash ?? '' };
}

describe('a candidate that fails a check', () => {
  it('is blocked, with the check for all to read, and its figure for those who oversee the release', async () => {
    const { id } = await blockedRequest();
    for (const [person, value] of [
      [cast.evaluator, expect.any(Number) as number],
      [cast.researcher, null],
    ] as const) {
      const { evaluation } = await person.call<{
        evaluation: { outcome: string; checks: { name: string; status: string; value: number | null }[] };
      }>(
        'query ($id: ID!) { request(id: $id) { evaluation { outcome checks { name status value explanation } } } }',
        { id },
      );
      expect(evaluation.outcome).toBe('FAIL');
      const failed = evaluation.checks.filter(({ status }) => status === 'FAIL');
      expect(failed).toMatchObject([{ name: 'univariate-similarity', value }]);
    }
    const blocked = (await eventsOn(service.database, id)).at(-1);
    expect(blocked).toMatchObject({
      action: 'checks-failed-request',
      outcome: 'done',
      actor_id: null,
      details: { from: 'CHECKING', to: 'BLOCKED', outcome: 'fail', failed: ['univariate-similarity'] },
    });
  });

  it('is neither endorsed, nor approved, nor published', async () => {
    const { id, candidateHash } = await blockedRequest();
    const refused = (command: string, act: () => Promise<unknown>): Promise<void> =>
      expectRefusedAndRecorded(service, { requestId: id, command, code: 'WRONG_STATE' }, act);
    await refused('endorse', () => steps.endorseRequest(cast.evaluator, id, candidateHash));
    await refused('approve', () => steps.approveRequest(cast.approver, id, candidateHash));
    const { code } = await refusalOf(publishRequest(cast.operator, id));
    expect(code).toBe('WRONG_STATE');
    expect(await lastEvent(service.database, 'ask-for-publication')).toMatchObject({
      subject_id: id,
      outcome: 'refused',
    });
    expect(await asOwner(service.database, "SELECT 1 FROM job WHERE kind = 'publish'")).toEqual([]);
    expect(readdirSync(join(service.home, 'objects')).sort()).toEqual(['quarantine', 'real-zone']);
  });

  it('does not get past the gate when somebody moves the request on in the database', async () => {
    const { id, candidateHash } = await blockedRequest();
    await asOwner(service.database, "UPDATE request SET state = 'EVALUATING' WHERE id = $1", [id]);
    await expectRefusedAndRecorded(
      service,
      { requestId: id, command: 'endorse', code: 'CHECKS_NOT_PASSED' },
      () => steps.endorseRequest(cast.evaluator, id, candidateHash),
    );
  });

  it('makes room for another one after rework, or ends with a refusal', async () => {
    const again = await blockedRequest();
    expect(await decide(cast.operator, 'rework', again.id)).toMatchObject({
      state: 'AGREED',
      candidateHash: null,
    });
    const ended = await blockedRequest();
    expect(await decide(cast.evaluator, 'decline', ended.id)).toMatchObject({ state: 'REJECTED' });
  });
});

describe('fishing for a candidate that passes', () => {
  interface Attempts {
    readonly attempts: {
      readonly attempt: number;
      readonly seed: string;
      readonly isDrawn: boolean;
      readonly reason: string | null;
      readonly outcome: string | null;
      readonly failedChecks: readonly string[];
    }[];
  }

  const attemptsOf = (person: Cast['operator'], id: string): Promise<Attempts> =>
    person.call(
      `query ($id: ID!) { request(id: $id) {
         attempts { attempt seed isDrawn reason outcome failedChecks } } }`,
      { id },
    );

  it('is in the open: each attempt says why, shows what it failed, and there are no more than the policy has', async () => {
    const { id } = await blockedRequest();
    const { mechanismId } = prepared;
    await decide(cast.operator, 'rework', id);
    const refused = await refusalOf(steps.generateCandidate(cast.operator, id, { mechanismId }));
    expect([refused.code, refused.place]).toEqual(['INCOMPLETE', 'reason']);
    const reason = 'The column of sizes came out too flat.';
    await steps.generateCandidate(cast.operator, id, { mechanismId, seed: 'second', reason });
    await steps.requestIn(cast.evaluator, id, ['BLOCKED']);
    for (const person of [cast.evaluator, cast.approver, cast.auditor]) {
      const { attempts } = await attemptsOf(person, id);
      const failed = { outcome: 'FAIL', failedChecks: ['univariate-similarity'] };
      expect(attempts).toEqual([
        {
          attempt: 1,
          seed: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
          isDrawn: true,
          reason: null,
          ...failed,
        },
        { attempt: 2, seed: 'second', isDrawn: false, reason, ...failed },
      ]);
    }
    await expectRefusedAndRecorded(
      service,
      { requestId: id, command: 'rework', code: 'ATTEMPTS_SPENT' },
      () => decide(cast.operator, 'rework', id),
    );
    await asOwner(service.database, "UPDATE request SET state = 'AGREED' WHERE id = $1", [id]);
    await expectRefusedAndRecorded(
      service,
      { requestId: id, command: 'generate', code: 'ATTEMPTS_SPENT' },
      () => steps.generateCandidate(cast.operator, id, { mechanismId, reason }),
    );
  });
});
