import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { mailsIn } from './notified.js';
import { randomBytes, randomUUID } from 'node:crypto';
import { ApiClient, refusalFields } from '../../src/commands/example/api-client.js';
import { type ReleaseAnswer, until } from '../../src/commands/example/steps.js';
import { loadPolicy } from '../../src/modules/policy/load-policy.js';
import { loadQuestions } from '../../src/modules/questions/load-questions.js';
import { type Cast, copyOf } from './cast.js';
import { asOwner } from './databases.js';
import type { Service } from './service.js';

const msPerDay = 86_400_000;
export const inDays = (days: number): string =>
  new Date(performance.timeOrigin + days * msPerDay).toISOString();

export interface HighRelease {
  readonly requestId: string;
  readonly releaseId: string;
  /** Names of its files. */
  readonly files: readonly string[];
}

/** A published release of tier HIGH, made of one that was released: what is asked of its readers is the same. */
export async function highRelease(
  service: Service,
  original: { readonly id: string; readonly release: ReleaseAnswer },
): Promise<HighRelease> {
  const { id: requestId } = await copyOf(service, { id: original.id });
  await asOwner(
    service.database,
    `UPDATE request SET tier = 'HIGH', assessment = jsonb_build_object('id', gen_random_uuid(), 'version', 1,
       'hash', repeat('a', 64), 'attempt', attempt, 'candidateHash', candidate_hash,
       'policyHash', checks_policy_hash, 'questionsHash', $2::text) WHERE id = $1`,
    [requestId, loadQuestions('content/dpia').hash],
  );
  const releaseId = randomUUID();
  const [made] = await asOwner<{ folder: string; old: string }>(
    service.database,
    `INSERT INTO release SELECT (jsonb_populate_record(found, jsonb_build_object('id', $1::text, 'request_id', $2::text,
       'tier', 'HIGH', 'folder', found.folder || '-' || $1))).* FROM release found WHERE id = $3
     RETURNING folder, (SELECT folder FROM release WHERE id = $3) AS old`,
    [releaseId, requestId, original.release.id],
  );
  const root = join(service.home, 'objects', 'release');
  cpSync(join(root, made?.old ?? ''), join(root, made?.folder ?? ''), { recursive: true });
  return { requestId, releaseId, files: original.release.files.map(({ name }) => name) };
}

/** What was checked as another tier's has all checks of tier HIGH as well, as if they had passed. */
export async function withChecksOfHigh(service: Service, requestId: string): Promise<void> {
  const { HIGH } = loadPolicy('policies').thresholds;
  const passed = Object.keys(HIGH?.checks ?? {}).map((name) => ({
    ...{ name, value: 1, direction: 'higher', threshold: { pass: 0, fail: 0 } },
    ...{ status: 'pass', explanation: '' },
  }));
  await asOwner(
    service.database,
    `UPDATE evaluation SET checks = checks || coalesce((
       SELECT jsonb_agg(one) FROM jsonb_array_elements($2::jsonb) AS one
       WHERE NOT EXISTS (SELECT FROM jsonb_array_elements(checks) AS ran WHERE ran ->> 'name' = one ->> 'name')), '[]')
     WHERE request_id = $1`,
    [requestId, JSON.stringify(passed)],
  );
}

export interface GrantAnswer {
  readonly id: string;
  readonly state: string;
  readonly endsAt: string | null;
  readonly declineReason: string | null;
  readonly suspensionCause: string | null;
}

const grantFields = `__typename ... on AccessGrant { id state endsAt declineReason suspensionCause } ${refusalFields}`;

export async function licenceOf(
  person: ApiClient,
): Promise<{ hash: string; accepted: boolean; text: string }> {
  return person.call('{ licence { hash accepted text } }');
}

export const training = {
  kind: 'NHS_DATA_SECURITY_AWARENESS',
  proofReference: 'Certificate 4711',
  issuedAt: inDays(-30),
  expiresAt: inDays(300),
};

/** An application that lacks nothing, and whose referee nobody else has. */
export async function applyForAccess(
  person: ApiClient,
  releaseId: string,
  change: object = {},
): Promise<GrantAnswer & { readonly refereeEmail: string }> {
  const refereeEmail = `referee-${randomBytes(6).toString('hex')}@somewhere.ac.uk`;
  const input = {
    releaseId,
    institution: 'University of Somewhere',
    institutionalEmail: `applicant-${randomBytes(6).toString('hex')}@somewhere.ac.uk`,
    intendedUse: 'Teach survival analysis to second-year students.',
    declarations: { lawful: true, nonCommercial: true, researchOrEducation: true, noReIdentification: true },
    refereeName: 'Rita Reference',
    refereeEmail,
    training,
    licenceHash: (await licenceOf(person)).hash,
    ...change,
  };
  const grant = await person.call<GrantAnswer>(
    `mutation ($input: AccessApplicationInput!) { applyForAccess(input: $input) { ${grantFields} } }`,
    { input },
  );
  return { ...grant, refereeEmail };
}

/** Letters that went to an address, oldest first; notifications are not among them. */
export function lettersTo(service: Service, address: string): { subject: string; text: string }[] {
  return mailsIn(service.home)
    .filter(({ headers }) => headers.get('to')?.includes(address))
    .map(({ headers, text }) => ({ subject: headers.get('subject') ?? '', text }))
    .filter(({ text }) => !text.includes('Sign in to picketfence to see it.'));
}

/** Waits for the letter number `count` to the referee, and takes the token out of it once it counts. */
export async function refereeToken(service: Service, refereeEmail: string, count = 1): Promise<string> {
  const letters = await until(
    () => Promise.resolve(lettersTo(service, refereeEmail)),
    (found) => found.length >= count,
  );
  const token = /^[A-Za-z0-9_-]{64}$/m.exec(letters.at(-1)?.text ?? '')?.[0] ?? '';
  await until(
    () =>
      ApiClient.anonymous(service.baseUrl).call(
        'query ($token: String!) { refereeInvitation(token: $token) { applicant } }',
        { token },
      ),
    (invitation) => invitation !== null,
  );
  return token;
}

export function answerAsReferee(
  service: Service,
  token: string,
  answer: { readonly confirms?: boolean; readonly statement?: string } = {},
): Promise<{ confirmed: boolean }> {
  return ApiClient.anonymous(service.baseUrl).call(
    `mutation ($token: String!, $confirms: Boolean!, $statement: String!) {
       answerAsReferee(token: $token, confirms: $confirms, statement: $statement) {
         __typename ... on RefereeThanks { confirmed } ${refusalFields}
       }
     }`,
    { token, confirms: true, statement: 'I have supervised this person for three years.', ...answer },
  );
}

type GrantMutation =
  'assessApplication' | 'withdrawApplication' | 'writeToRefereeAgain' | 'relinquishAccess' | 'closeAccess';

export function grantCommand(person: ApiClient, mutation: GrantMutation, id: string): Promise<GrantAnswer> {
  return person.call(`mutation ($id: ID!) { ${mutation}(id: $id) { ${grantFields} } }`, { id });
}

const inWords = { suspendAccess: 'reason', resumeAccess: 'reason', revokeAccess: 'reason' } as const;
const ofHolder = { writeEndNote: 'note', confirmFilesDestroyed: 'statement' } as const;
const wordFields = { ...inWords, ...ofHolder };

export function grantCommandInWords(
  person: ApiClient,
  mutation: keyof typeof wordFields,
  id: string,
): Promise<GrantAnswer> {
  return person.call(
    `mutation ($id: ID!, $words: String!) { ${mutation}(id: $id, ${wordFields[mutation]}: $words) { ${grantFields} } }`,
    { id, words: 'In words that are long enough.' },
  );
}

export function approveAccess(person: ApiClient, id: string, endsAt = inDays(100)): Promise<GrantAnswer> {
  return person.call(
    `mutation ($id: ID!, $reason: String!, $endsAt: DateTime!) {
       approveAccess(id: $id, reason: $reason, endsAt: $endsAt) { ${grantFields} }
     }`,
    { id, endsAt, reason: 'The proof of training was seen; the use is permitted.' },
  );
}

export function declineAccess(person: ApiClient, id: string, reasonClass: string): Promise<GrantAnswer> {
  return person.call(
    `mutation ($id: ID!, $reason: String!, $reasonClass: IgDeclineReason!) {
       declineAccess(id: $id, reason: $reason, reasonClass: $reasonClass) { ${grantFields} }
     }`,
    { id, reasonClass, reason: 'The institution is not in the register.' },
  );
}

export function grantOf(person: ApiClient, id: string): Promise<GrantAnswer> {
  return person.call(
    'query ($id: ID!) { accessGrant(id: $id) { id state endsAt declineReason suspensionCause } }',
    { id },
  );
}

/** An application that its referee has confirmed. */
export async function confirmedApplication(
  service: Service,
  applicant: ApiClient,
  releaseId: string,
): Promise<GrantAnswer> {
  const grant = await applyForAccess(applicant, releaseId);
  await answerAsReferee(service, await refereeToken(service, grant.refereeEmail));
  return grant;
}

/** A person with access, by the whole way. */
export async function activeGrant(
  service: Service,
  {
    cast,
    applicant,
    releaseId,
  }: { readonly cast: Cast; readonly applicant: ApiClient; readonly releaseId: string },
): Promise<GrantAnswer> {
  const { id } = await confirmedApplication(service, applicant, releaseId);
  await grantCommand(cast.approver, 'assessApplication', id);
  return approveAccess(cast.approver, id);
}

export async function createLink(person: ApiClient, releaseId: string, file: string): Promise<string> {
  const { path } = await person.call<{ path: string }>(
    `mutation ($releaseId: ID!, $file: String!) {
       createDownloadLink(releaseId: $releaseId, file: $file) {
         __typename ... on IssuedLink { path expiresAt } ${refusalFields}
       }
     }`,
    { releaseId, file },
  );
  return path;
}

/** Status, and the code of the refusal if it was one. */
export async function take(person: ApiClient, path: string): Promise<{ status: number; code?: string }> {
  const response = await person.get(path);
  const body = await response.text();
  if (response.ok) return { status: response.status };
  return { status: response.status, code: (JSON.parse(body) as { code: string }).code };
}

export const shownRelease = (person: ApiClient, id: string): Promise<{ id: string } | null> =>
  person.call('query ($id: ID!) { release(id: $id) { id files { name path } } }', { id });

export async function listedReleases(person: ApiClient): Promise<string[]> {
  return (await person.call<{ id: string }[]>('{ releases { id } }')).map(({ id }) => id);
}
