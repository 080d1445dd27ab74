import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { makeSecretToken } from '../../src/modules/platform/secrets/secret-token.js';
import { loadPolicy } from '../../src/modules/policy/load-policy.js';
import { type AccessFacts, refuseAccess } from '../../src/modules/access/access.rules.js';
import { grantStates } from '../../src/modules/access/grant.state.js';
import { createLink, highRelease, listedReleases, shownRelease, take } from '../support/access-steps.js';
import {
  addPerson,
  type Cast,
  prepareSource,
  refusalOf,
  releasedRequest,
  signInAll,
  type Somebody,
} from '../support/cast.js';
import { type Service, startService } from '../support/service.js';

const { licence } = loadPolicy('policies');
const msPerDay = 86_400_000;
const today = performance.timeOrigin;
const past = new Date(today - msPerDay);
const future = new Date(today + msPerDay);

let service: Service;
let cast: Cast;
let original: Awaited<ReturnType<typeof releasedRequest>>;
/** One connection for the many rows that are written. */
let owner: pg.Client;
beforeAll(async () => {
  service = await startService();
  owner = new pg.Client({ connectionString: service.database.ownerUrl });
  await owner.connect();
  cast = await signInAll(service);
  original = await releasedRequest(cast, await prepareSource(cast));
});
afterAll(async () => {
  await owner.end();
  await service.stop();
});

type Standing = Omit<AccessFacts['person'], 'grant'>;

const standings: readonly Standing[] = [true, false].flatMap((licenceIsCurrent) =>
  [future, past, null].flatMap((trainingEndsAt) =>
    [true, false].map((isBlocked) => ({ licenceIsCurrent, trainingEndsAt, isBlocked })),
  ),
);

/** A researcher who has accepted, learnt and done what is said here. */
async function personWith({ licenceIsCurrent, trainingEndsAt, isBlocked }: Standing): Promise<Somebody> {
  const person = await addPerson(service, ['researcher']);
  const write = (sql: string, ...more: unknown[]): Promise<unknown> => owner.query(sql, [person.id, ...more]);
  const hash = licenceIsCurrent ? licence.hash : 'of terms that were in force before';
  await write(`INSERT INTO licence_acceptance VALUES ($1, $2, '0.9', now())`, hash);
  if (trainingEndsAt) {
    await write(
      `INSERT INTO training (person_id, kind, proof_reference, issued_at, expires_at, submitted_at, decided_by_id,
         decided_at, is_accepted)
       SELECT $1, 'NHS_DATA_SECURITY_AWARENESS', 'x', $2::timestamptz - interval '90 days', $2, now(), id, now(), true
       FROM person WHERE email = 'approver@demo.example'`,
      trainingEndsAt,
    );
  }
  if (isBlocked) {
    await write(
      `INSERT INTO access_block (person_id, reason, blocked_by_id, blocked_at)
       SELECT $1, 'x', id, now() FROM person WHERE email = 'approver@demo.example'`,
    );
  }
  return person;
}

interface Case {
  readonly releaseId: string;
  readonly facts: AccessFacts;
  readonly path: string;
}

/** All states of the request that matter, with every state of a grant and an end on either side of now. */
const releaseCases = [
  { requestState: 'PUBLISHED', grant: null },
  ...grantStates.flatMap((state) =>
    [past, future].map((endsAt) => ({ requestState: 'PUBLISHED', grant: { state, endsAt } })),
  ),
  ...['SUSPENDED', 'REVOKED'].map((requestState) => ({
    requestState,
    grant: { state: 'ACTIVE', endsAt: future },
  })),
];

async function writeGrant(
  personId: string,
  releaseId: string,
  grant: { state: string; endsAt: Date },
): Promise<void> {
  await owner.query(
    `WITH proof AS (
       INSERT INTO training (person_id, kind, proof_reference, issued_at, expires_at, submitted_at)
       VALUES ($1, 'NHS_DATA_SECURITY_AWARENESS', 'x', now(), now() + interval '9 days', now()) RETURNING id)
     INSERT INTO access_grant (release_id, person_id, state, applied_at, changed_at, policy_hash, institution,
       institutional_email, intended_use, declarations, team_emails, training_id, licence_version, licence_hash,
       referee_name, referee_email, referee_answered_at, decided_by_id, ends_at, suspension_cause, end_note,
       destruction_confirmed_at)
     SELECT $2, $1, $3, now(), now(), '', '', '', '', '{}', '{}', proof.id, '', '', '', '', now(), person.id, $4,
       CASE WHEN $3 = 'SUSPENDED' THEN 'GRANT' END, 'x', now()
     FROM proof, person WHERE person.email = 'approver@demo.example'`,
    [personId, releaseId, grant.state, grant.endsAt],
  );
}

async function writeLink(personId: string, releaseId: string, file: string): Promise<string> {
  const { id, token, secretHash } = makeSecretToken();
  await owner.query(
    `INSERT INTO download_link VALUES ($1, $2, $3, $4, $5, now(), now() + interval '1 hour')`,
    [id, secretHash, releaseId, personId, file],
  );
  return `/downloads/${token}`;
}

async function casesFor(person: Somebody, standing: Standing): Promise<Case[]> {
  const { requestId, releaseId, files } = await highRelease(service, original);
  const file = files.find((name) => name.endsWith('.csv')) ?? '';
  const cases: Case[] = [];
  for (const { requestState, grant } of releaseCases) {
    const id = await copyRelease({ requestId, releaseId }, requestState);
    if (grant) await writeGrant(person.id, id, grant);
    const release = { tier: 'HIGH' as const, requestState, isIntact: true };
    const path = await writeLink(person.id, id, file);
    cases.push({ releaseId: id, facts: { isFrozen: false, release, person: { ...standing, grant } }, path });
  }
  return cases;
}

/** Another release of the same files, with a request in this state. */
async function copyRelease(from: { requestId: string; releaseId: string }, state: string): Promise<string> {
  const [releaseId, requestId] = [randomUUID(), randomUUID()];
  await owner.query(
    `INSERT INTO request SELECT (jsonb_populate_record(found, jsonb_build_object('id', $1::text, 'reference', $1::text,
       'state', $2::text))).* FROM request found WHERE id = $3`,
    [requestId, state, from.requestId],
  );
  await owner.query(
    `INSERT INTO release SELECT (jsonb_populate_record(found, jsonb_build_object('id', $1::text, 'request_id', $2::text))).*
     FROM release found WHERE id = $3`,
    [releaseId, requestId, from.releaseId],
  );
  return releaseId;
}

describe('list, detail, link and download agree with the one predicate', () => {
  beforeAll(async () => {
    // So that many releases can share their files.
    await owner.query('ALTER TABLE release DROP CONSTRAINT release_folder_key');
  });

  it.each(standings)('for a person with %j and every state of release and grant', async (standing) => {
    const person = await personWith(standing);
    const cases = await casesFor(person, standing);
    const listed = await listedReleases(person.client);
    for (const { releaseId, facts, path } of cases) {
      const expected = refuseAccess(facts, new Date(today))?.code ?? 'access';
      const isOpen = expected === 'access';
      const shown = await shownRelease(person.client, releaseId);
      const taken = await take(person.client, path);
      expect({
        ...facts,
        listed: listed.includes(releaseId),
        shown: shown !== null,
        taken: taken.code ?? 'access',
      }).toEqual({
        ...facts,
        listed: isOpen,
        shown: isOpen,
        taken: expected,
      });
      const link = createLink(person.client, releaseId, original.release.files[0]?.name ?? '');
      expect(isOpen ? typeof (await link) : (await refusalOf(link)).code).toBe(isOpen ? 'string' : expected);
    }
  });

  it('has cases of access and of every refusal', () => {
    const codes = standings.flatMap((standing) =>
      releaseCases.map(({ requestState, grant }) => {
        const release = { tier: 'HIGH' as const, requestState, isIntact: true };
        return (
          refuseAccess({ isFrozen: false, release, person: { ...standing, grant } }, new Date(today))?.code ??
          'access'
        );
      }),
    );
    expect([...new Set(codes)].sort()).toEqual([
      ...[
        'GRANT_ENDED',
        'LICENCE_NOT_ACCEPTED',
        'NOT_PERMITTED',
        'NO_GRANT',
        'PERSON_BLOCKED',
        'TRAINING_NOT_VALID',
      ],
      'access',
    ]);
  });
});
