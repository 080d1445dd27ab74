import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import * as steps from '../../src/commands/example/steps.js';
import {
  agreedRequest,
  type Cast,
  endorsedRequest,
  type Prepared,
  prepareSource,
  signInAll,
} from '../support/cast.js';
import { asOwner, eventsOn } from '../support/databases.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
let cast: Cast;
let prepared: Prepared;
beforeAll(async () => {
  service = await startService();
  cast = await signInAll(service);
  prepared = await prepareSource(cast);
});
beforeEach(() => {
  if (!service.worker.isRunning) service.worker.start();
});
afterAll(() => service.stop());

const quarantined = (key: string): string =>
  join(service.home, 'objects', 'quarantine', key.slice(0, 2), key);

async function filesOf(requestId: string): Promise<Record<string, string>> {
  const [candidate] = await asOwner<{ files: { name: string; sha256: string }[] }>(
    service.database,
    'SELECT files FROM candidate WHERE request_id = $1',
    [requestId],
  );
  return Object.fromEntries(
    (candidate?.files ?? []).map(
      ({ name, sha256 }) => [extname(name).slice(1), quarantined(sha256)] as const,
    ),
  );
}

/** Approves while no worker runs, lets `tamper` happen, and starts the worker again. */
async function approvedThenChanged(
  tamper: (requestId: string, files: Record<string, string>) => unknown,
): Promise<string> {
  const { id, candidateHash } = await endorsedRequest(cast, prepared);
  await service.worker.stop();
  expect(await steps.approveRequest(cast.approver, id, candidateHash)).toMatchObject({ state: 'APPROVED' });
  await tamper(id, await filesOf(id));
  service.worker.start();
  return id;
}

/** Nothing went out, information governance is asked again without its earlier approval, and it is on record why. */
async function expectTurnedBack(id: string, code: string): Promise<void> {
  await steps.requestIn(cast.approver, id, ['IG_REVIEW', 'PUBLISHED']);
  const [found] = await asOwner(service.database, 'SELECT state, approver_ids FROM request WHERE id = $1', [
    id,
  ]);
  expect(found).toEqual({ state: 'IG_REVIEW', approver_ids: [] });
  expect((await eventsOn(service.database, id)).slice(-2)).toMatchObject([
    { action: 'publish-request', outcome: 'refused', details: { refusal: { code } } },
    { action: 'stale-request', outcome: 'done', details: { from: 'APPROVED', to: 'IG_REVIEW', code } },
  ]);
  expect(await asOwner(service.database, 'SELECT 1 FROM release WHERE request_id = $1', [id])).toEqual([]);
  const releaseRoot = join(service.home, 'objects', 'release');
  expect(existsSync(releaseRoot) ? readdirSync(releaseRoot) : []).toEqual([]);
}

describe('between approval and publication', () => {
  it.each([
    [
      'a cell of the data is changed',
      'csv',
      (file: string) => {
        const text = readFileSync(file, 'utf8');
        writeFileSync(
          file,
          text.replace(/\d(?=\n$)/, (digit) => String((Number(digit) + 1) % 10)),
        );
      },
    ],
    [
      'a real row is appended to the data',
      'csv',
      (file: string) => {
        appendFileSync(
          file,
          readFileSync('content/example/breast-cancer-wisconsin.csv', 'utf8').split('\n')[1] ?? '',
        );
      },
    ],
    [
      'the data are removed',
      'csv',
      (file: string) => {
        rmSync(file);
      },
    ],
    [
      'the manifest is changed',
      'json',
      (file: string) => {
        writeFileSync(file, readFileSync(file, 'utf8').replace('"LOW"', '"HIGH"'));
      },
    ],
    [
      'the readme loses its warning',
      'md',
      (file: string) => {
        writeFileSync(file, '# Real data\n');
      },
    ],
  ] as const)('%s: it is not published', async (_, part, change) => {
    const id = await approvedThenChanged((_request, files) => {
      change(files[part] ?? '');
    });
    await expectTurnedBack(id, 'CANDIDATE_CHANGED');
  });

  it('the record of the candidate names another file: it is not published', async () => {
    const id = await approvedThenChanged((requestId) =>
      asOwner(service.database, `UPDATE candidate SET hash = repeat('0', 64) WHERE request_id = $1`, [
        requestId,
      ]),
    );
    await expectTurnedBack(id, 'CANDIDATE_CHANGED');
  });

  it('the list of files leads to an extract in the real zone: it is not published', async () => {
    const id = await approvedThenChanged((requestId) =>
      asOwner(
        service.database,
        `UPDATE candidate SET files = jsonb_set(files, '{0,sha256}',
           (SELECT to_jsonb(content_hash) FROM source LIMIT 1)) WHERE request_id = $1`,
        [requestId],
      ),
    );
    await expectTurnedBack(id, 'CANDIDATE_CHANGED');
  });

  it.each([
    ['the evaluation turns out a fail', "UPDATE evaluation SET outcome = 'fail' WHERE request_id = $1"],
    [
      'the checks have grown old',
      "UPDATE evaluation SET begun_at = begun_at - interval '400 days', evaluated_at = evaluated_at - interval '400 days' WHERE request_id = $1",
    ],
    ['one of the checks disappears', 'UPDATE evaluation SET checks = checks - 0 WHERE request_id = $1'],
    ['the evaluation disappears', 'DELETE FROM evaluation WHERE request_id = $1'],
    [
      'the evaluation is of another candidate',
      "UPDATE evaluation SET candidate_hash = 'x' WHERE request_id = $1",
    ],
  ])('%s: it is not published', async (_, statement) => {
    const id = await approvedThenChanged((requestId) => asOwner(service.database, statement, [requestId]));
    await expectTurnedBack(id, 'CHECKS_NOT_PASSED');
  });

  it('the recorded decision disappears: an approver in the request alone publishes nothing', async () => {
    const id = await approvedThenChanged((requestId) =>
      asOwner(service.database, "DELETE FROM decision WHERE command = 'approve' AND request_id = $1", [
        requestId,
      ]),
    );
    await expectTurnedBack(id, 'INCOMPLETE');
  });

  it('the approval has grown old: it is not published', async () => {
    const id = await approvedThenChanged((requestId) =>
      asOwner(
        service.database,
        `UPDATE decision SET decided_at = decided_at - interval '400 days'
         WHERE command = 'approve' AND request_id = $1`,
        [requestId],
      ),
    );
    await expectTurnedBack(id, 'INCOMPLETE');
  });

  it('the recorded decision is of another person, of whom the audit chain knows nothing: it is not published', async () => {
    const id = await approvedThenChanged((requestId) =>
      asOwner(
        service.database,
        `UPDATE decision SET person_id = (SELECT id FROM person WHERE email = $2)
         WHERE command = 'approve' AND request_id = $1`,
        [requestId, 'outsider@demo.example'],
      ),
    );
    await expectTurnedBack(id, 'INCOMPLETE');
  });
});

describe('between generation and checks', () => {
  it('a changed candidate is blocked, and every check counts as failed', async () => {
    const id = await agreedRequest(cast, prepared);
    await service.worker.stop();
    await steps.generateCandidate(cast.operator, id, { mechanismId: prepared.mechanismId, seed: 'early' });
    // The check is held back until the bytes are changed.
    await asOwner(
      service.database,
      `CREATE OR REPLACE FUNCTION hold_check() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN IF NEW.kind = 'check' THEN NEW.state = 'DONE'; END IF; RETURN NEW; END $$;
       CREATE TRIGGER hold_check BEFORE INSERT ON job FOR EACH ROW EXECUTE FUNCTION hold_check();`,
    );
    service.worker.start();
    await steps.requestIn(cast.operator, id, ['CHECKING']);
    const { csv } = await filesOf(id);
    appendFileSync(csv ?? '', '\n');
    await asOwner(
      service.database,
      `DROP TRIGGER hold_check ON job; UPDATE job SET state = 'PENDING' WHERE kind = 'check' AND starts = 0;`,
    );
    await steps.requestIn(cast.operator, id, ['BLOCKED', 'EVALUATING']);
    const [evaluation] = await asOwner<{ outcome: string; checks: { status: string }[] }>(
      service.database,
      'SELECT outcome, checks FROM evaluation WHERE request_id = $1',
      [id],
    );
    expect(evaluation?.outcome).toBe('fail');
    expect(new Set(evaluation?.checks.map(({ status }) => status))).toEqual(new Set(['fail']));
  });
});
