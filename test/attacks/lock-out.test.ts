import { demoPassword } from '../../src/modules/identity/demo-people.js';
import { findBrokenLink } from '../../src/modules/audit/audit.chain.js';
import { asOwner, auditChain } from '../support/databases.js';
import { type Service, startService } from '../support/service.js';
import { ask, expectAlive, postRaw } from './raw-graphql.js';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
beforeEach(async () => {
  await asOwner(service.database, 'DELETE FROM sign_in_counter');
});
afterEach(() => expectAlive(service));
afterAll(() => service.stop());

const query = `mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) {
  __typename ... on Refusal { code message } } }`;

async function signIn(email: string, password: string): Promise<unknown> {
  return (await ask(service, query, { variables: { email, password } })).data?.['signIn'];
}

const known = 'auditor@demo.example';
const wrong = { __typename: 'Refusal', code: 'WRONG_CREDENTIALS' };

async function fail(email: string, count: number): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (let index = 0; index < count; index += 1) answers.push(await signIn(email, `wrong-${index}`));
  return answers;
}

it('ten wrong passwords shut the account for the right one too, and open again when the time is over', async () => {
  await fail(known, 9);
  expect(await signIn(known, demoPassword)).toMatchObject({ __typename: 'Session' });
  await fail(known, 10);
  expect(await signIn(known.toUpperCase(), demoPassword)).toMatchObject(wrong);
  await asOwner(
    service.database,
    `UPDATE sign_in_counter SET window_ends_at = now() WHERE key LIKE 'account:%'`,
  );
  expect(await signIn(known, demoPassword)).toMatchObject({ __typename: 'Session' });
});

it('says nothing of who has an account: known and unknown are answered and counted alike', async () => {
  const stranger = 'nobody@demo.example';
  expect(await fail(stranger, 12)).toEqual(await fail(known, 12));
  expect(await signIn(known, demoPassword)).toEqual(await signIn(stranger, demoPassword));
  const counters = await asOwner<{ failures: number }>(
    service.database,
    `SELECT failures, attempts FROM sign_in_counter WHERE key LIKE 'account:%'`,
  );
  expect(counters).toEqual([counters[0], counters[0]]);
  const kept = await asOwner(service.database, 'SELECT key FROM sign_in_counter');
  expect(JSON.stringify(kept)).not.toContain('demo.example');
});

it('is recorded once, when it begins', async () => {
  const before = (await auditChain(service.database)).length;
  await fail(known, 25);
  const added = (await auditChain(service.database)).slice(before).map(({ action }) => action);
  expect(added).toEqual([...Array.from({ length: 10 }, () => 'sign-in'), 'lock-out']);
  expect(findBrokenLink(await auditChain(service.database))).toBeNull();
});

it('gives many guesses at once no more tries than its bound', async () => {
  const guesses = Array.from({ length: 60 }, (_, index) => signIn(known, `guess-${index}`));
  const answers = await Promise.all(guesses);
  expect(answers.every((answer) => (answer as typeof wrong).code === 'WRONG_CREDENTIALS')).toBe(true);
  const [tried] = await asOwner<{ failures: number }>(
    service.database,
    `SELECT failures FROM sign_in_counter WHERE key LIKE 'account:%'`,
  );
  expect(tried?.failures).toBeGreaterThanOrEqual(10);
  expect(tried?.failures).toBeLessThanOrEqual(30);
  expect(await signIn(known, demoPassword)).toMatchObject(wrong);
});

it('believes nobody who says that they are forwarded, where no proxy is trusted', async () => {
  const body = JSON.stringify({ query, variables: { email: 'nobody@demo.example', password: 'x' } });
  for (const address of ['203.0.113.1', '203.0.113.2'])
    await postRaw(service, body, { 'content-type': 'application/json', 'x-forwarded-for': address });
  const keys = await asOwner<{ key: string }>(
    service.database,
    `SELECT key FROM sign_in_counter WHERE key LIKE 'address:%'`,
  );
  expect(keys).toEqual([{ key: 'address:127.0.0.1' }]);
});

it('a stolen session guesses the password no oftener than somebody at the door, and does not learn it', async () => {
  const authorization = `Bearer ${await service.tokenOf('outsider')}`;
  const change = async (current: string, next: string, by = authorization): Promise<unknown> => {
    const document = `mutation ($current: String!, $next: String!) { changePassword(current: $current, next: $next) {
      __typename ... on Refusal { code place } } }`;
    return (await ask(service, document, { variables: { current, next }, authorization: by })).data?.[
      'changePassword'
    ];
  };
  const next = 'a-better-password';
  expect(await change(demoPassword, 'short')).toMatchObject({ code: 'INCOMPLETE' });
  expect(await change(demoPassword, demoPassword)).toMatchObject({ code: 'INCOMPLETE' });
  for (let guess = 0; guess < 10; guess += 1)
    expect(await change(`guess-${guess}`, next)).toMatchObject({ code: 'WRONG_CREDENTIALS' });
  expect(await change(demoPassword, next)).toMatchObject({ code: 'WRONG_CREDENTIALS' });
  await asOwner(service.database, 'DELETE FROM sign_in_counter');
  const other = `Bearer ${await service.tokenOf('outsider')}`;
  expect(await change(demoPassword, next)).toMatchObject({ __typename: 'Person' });
  for (const old of [authorization, other])
    expect((await ask(service, '{ me { id } }', { authorization: old })).code).toBe('UNAUTHENTICATED');
  expect(await signIn('outsider@demo.example', demoPassword)).toMatchObject(wrong);
  expect(await signIn('outsider@demo.example', next)).toMatchObject({ __typename: 'Session' });
});

it('bounds an address that tries one password on many accounts, without flooding the record', async () => {
  await fail('first@demo.example', 1);
  await asOwner(service.database, `UPDATE sign_in_counter SET attempts = 99 WHERE key LIKE 'address:%'`);
  const before = (await auditChain(service.database)).length;
  const answers: unknown[] = [];
  for (let index = 0; index < 6; index += 1)
    answers.push(await signIn(`a${index}@demo.example`, 'Password1234'));
  expect(answers.map((answer) => (answer as typeof wrong).code)).toEqual([
    'WRONG_CREDENTIALS',
    ...Array.from({ length: 5 }, () => 'RATE_LIMITED'),
  ]);
  expect((await auditChain(service.database)).length - before).toBe(2);
});
