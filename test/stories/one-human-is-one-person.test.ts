import { randomUUID } from 'node:crypto';
import { ApiClient, refusalFields } from '../../src/commands/example/api-client.js';
import { systemClock } from '../../src/core/time/clock.js';
import { demoPassword } from '../../src/modules/identity/demo-people.js';
import { ask } from '../attacks/raw-graphql.js';
import { Browser } from '../support/browser.js';
import { addPerson, refusalOf, type Somebody } from '../support/cast.js';
import { asLogin, asOwner, lastEvent } from '../support/databases.js';
import { startTestProvider, type TestAccount, type TestProvider } from '../support/identity-provider.js';
import { apiTokenOf, delegateApproval, switchAccount, triesToApprove } from '../support/identity-steps.js';
import { topicsOn } from '../support/notified.js';
import { atCallback, oidcSettings, type SessionAnswer, signInAtProvider } from '../support/oidc-sign-in.js';
import { type Service, startService } from '../support/service.js';

let provider: TestProvider;
let service: Service;
let administrator: Somebody;
beforeAll(async () => {
  service = await startService({
    env: async (baseUrl) => {
      provider = await startTestProvider(baseUrl);
      return oidcSettings(baseUrl, provider.issuer);
    },
  });
  administrator = await addPerson(service, ['administrator']);
});
beforeEach(async () => {
  await asOwner(service.database, 'DELETE FROM sign_in_counter');
});
afterAll(async () => {
  await service.stop();
  await provider.stop();
});

const somebody = (groups: unknown, change: Partial<TestAccount> = {}): TestAccount => {
  const subject = randomUUID();
  return { subject, name: 'Somebody', groups, email: `${subject}@provider.example`, ...change };
};
const signIn = (account: TestAccount): Promise<SessionAnswer> => {
  provider.account = account;
  return signInAtProvider(service, new Browser());
};
const clientOf = ({ token }: SessionAnswer): ApiClient => ApiClient.withToken(service.baseUrl, token);
const statusAtCallback = async (account: TestAccount): Promise<number> => {
  provider.account = account;
  const browser = new Browser();
  return (await browser.get(await atCallback(service, browser))).status;
};
const personOf = async (id: string): Promise<{ email: string | null; roles: string[] }> => {
  const [row] = await asOwner<{ email: string | null; roles: string[] }>(
    service.database,
    'SELECT email, roles FROM person WHERE id = $1',
    [id],
  );
  if (!row) throw new Error('There is no such person.');
  return row;
};
const emailOf = async ({ id }: Somebody): Promise<string> => (await personOf(id)).email ?? '';
const withPassword = (email: string): Promise<ApiClient> =>
  ApiClient.signIn(service.baseUrl, email, demoPassword);
const codeWith = async (token: string): Promise<string | null> =>
  (await ask(service, '{ requests { id } }', { authorization: `Bearer ${token}` })).code;
const seenHoursAgo = (id: string, hours: number): Promise<unknown> =>
  asOwner(
    service.database,
    `UPDATE person SET provider_sign_in_at = now() - make_interval(hours => $2) WHERE id = $1`,
    [id, hours],
  );
describe('where there is an identity provider, a password', () => {
  it.each(['approver', 'evaluator', 'operator', 'custodian'])(
    'does not let in the %s, and that is on record',
    async (who) => {
      expect(await refusalOf(service.as(who))).toMatchObject({ code: 'PROVIDER_SIGN_IN_NEEDED' });
      const event = await lastEvent(service.database, 'sign-in');
      expect(event).toMatchObject({
        outcome: 'refused',
        details: { refusal: { code: 'PROVIDER_SIGN_IN_NEEDED' } },
      });
      expect((await personOf(event?.subject_id ?? '')).email).toBe(`${who}@demo.example`);
    },
  );

  it('that is wrong tells nobody whose roles decide', async () => {
    const wrong = ApiClient.signIn(service.baseUrl, 'approver@demo.example', 'not the password');
    expect((await refusalOf(wrong)).code).toBe('WRONG_CREDENTIALS');
  });

  it.each(['researcher', 'auditor'])('lets in the %s as before', async (who) => {
    expect(await (await service.as(who)).call('{ me { disabled } }')).toEqual({ disabled: false });
  });

  it('leaves nothing open to who comes to decide after signing in', async () => {
    const { id, client } = await addPerson(service, ['researcher']);
    const token = await apiTokenOf(client);
    expect(await codeWith(token)).toBeNull();
    await asOwner(service.database, `UPDATE person SET roles = '{ig-approver}' WHERE id = $1`, [id]);
    expect(await codeWith(token)).toBe('UNAUTHENTICATED');
    expect((await refusalOf(client.call('{ requests { id } }'))).code).toBe('UNAUTHENTICATED');
  });

  it('lets nobody decide for somebody else', async () => {
    const approver = clientOf(await signIn(somebody('ig')));
    const local = await addPerson(service, ['researcher']);
    const external = await signIn(somebody('researchers'));
    const now = systemClock.now();
    await delegateApproval(approver, local.id, { now });
    const unproven = await signIn(somebody('researchers', { emailVerified: false }));
    await delegateApproval(approver, external.person.id, { now });
    await delegateApproval(approver, unproven.person.id, { now });
    expect(await triesToApprove(clientOf(unproven))).toBe('NOT_PERMITTED');
    expect(await triesToApprove(local.client)).toBe('NOT_PERMITTED');
    expect(await triesToApprove(clientOf(external))).toBe('NOT_FOUND');
  });
});

describe('the e-mail address of somebody from the provider', () => {
  it('is kept when it is verified', async () => {
    const { person } = await signIn(somebody('ig', { email: 'Vera.Verified@Provider.Example' }));
    expect(await personOf(person.id)).toEqual({
      email: 'vera.verified@provider.example',
      roles: ['ig-approver'],
    });
  });

  it.each([false, 'true', undefined])(
    'is nobody’s when the provider says %j of it',
    async (emailVerified) => {
      const account = somebody(['ig', 'researchers'], { emailVerified: emailVerified ?? null });
      const { person } = await signIn(account);
      expect(await personOf(person.id)).toEqual({ email: null, roles: ['researcher'] });
      expect(await statusAtCallback({ ...account, groups: ['ig'] })).toBe(403);
    },
  );

  it('is that of one account, open or disabled, whatever its letters and "+suffix"', async () => {
    const { id, client } = await addPerson(service, ['researcher']);
    const email = await emailOf({ id, client });
    const before = await asOwner(service.database, 'SELECT id FROM person');
    const variants = [email, email.toUpperCase(), email.replace('@', '+two@')];
    for (const one of variants) expect(await statusAtCallback(somebody('ig', { email: one }))).toBe(403);
    await switchAccount(administrator.client, 'disablePerson', id);
    expect(await statusAtCallback(somebody('ig', { email }))).toBe(403);
    expect(await asOwner(service.database, 'SELECT id FROM person')).toEqual(before);
    expect(await lastEvent(service.database, 'sign-in')).toMatchObject({
      outcome: 'refused',
      details: { at: 'person', refusal: { code: 'ALREADY_REGISTERED' } },
    });
  });

  it('gets no local account, neither here nor in the database', async () => {
    const account = somebody('ig');
    await signIn(account);
    const second = (account.email ?? '').replace('@', '+two@');
    const added = administrator.client.call(
      `mutation ($email: String!) { addPerson(input: { email: $email, name: "Two", password: "a long password",
         roles: ["researcher"] }) { __typename ${refusalFields} } }`,
      { email: second },
    );
    expect(await refusalOf(added)).toMatchObject({ code: 'ALREADY_REGISTERED', place: 'email' });
    const forced = `INSERT INTO person (email, name, password_hash, roles, created_at) VALUES ($1, 'Two', '-', '{}', now())`;
    await expect(asLogin(service.database.appUrl, forced, [second])).rejects.toThrow(
      /account with this e-mail/,
    );
  });

  it('is not changed to that of another account: who does has no roles left', async () => {
    const account = somebody('ig');
    const answer = await signIn(account);
    const other = await addPerson(service, ['researcher']);
    expect(await statusAtCallback({ ...account, email: await emailOf(other) })).toBe(403);
    expect(await personOf(answer.person.id)).toEqual({ email: account.email, roles: [] });
    expect(await codeWith(answer.token)).toBe('NOT_PERMITTED');
  });
});

describe('a local account moves to the provider', () => {
  const move = (id: string, by = administrator.client): Promise<{ mayMoveToProvider: boolean }> =>
    by.call(
      `mutation ($id: ID!) { movePersonToProvider(id: $id) {
         __typename ... on Person { mayMoveToProvider } ${refusalFields} } }`,
      { id },
    );

  it('when an administrator lets it, with the address that is verified there, and stays one person', async () => {
    const local = await addPerson(service, ['researcher']);
    const email = await emailOf(local);
    expect((await move(local.id)).mayMoveToProvider).toBe(true);
    expect(await statusAtCallback(somebody('ig', { email, emailVerified: false }))).toBe(403);
    const stranger = await signIn(somebody('ig'));
    expect(stranger.person.id).not.toBe(local.id);
    const again = await withPassword(email);
    const moved = await signIn(somebody('ig', { email }));
    expect(moved.person).toMatchObject({ id: local.id, roles: ['ig-approver'] });
    expect((await refusalOf(again.call('{ me { id } }'))).code).toBe('UNAUTHENTICATED');
    expect((await refusalOf(withPassword(email))).code).toBe('WRONG_CREDENTIALS');
    expect(await lastEvent(service.database, 'move-to-provider')).toMatchObject({ subject_id: local.id });
    expect((await refusalOf(move(local.id))).code).toBe('WRONG_STATE');
    // Once: nobody else takes it over.
    expect(await statusAtCallback(somebody('ig', { email }))).toBe(403);
  });

  it('by nobody but administrators', async () => {
    const { id, client } = await addPerson(service, ['researcher']);
    expect((await refusalOf(move(id, client))).code).toBe('NOT_PERMITTED');
  });
});

describe('what the provider said of somebody', () => {
  it('counts for the hours of the policy, for sessions and API tokens, and from the next sign-in again', async () => {
    const account = somebody('ig');
    const { token: session, person } = await signIn(account);
    const token = await apiTokenOf(ApiClient.withToken(service.baseUrl, session));
    await seenHoursAgo(person.id, 23);
    expect([await codeWith(token), await codeWith(session)]).toEqual([null, null]);
    await seenHoursAgo(person.id, 25);
    expect([await codeWith(token), await codeWith(session)]).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
    await signIn(account);
    expect(await codeWith(token)).toBeNull();
  });

  it('counts no longer when the last sign-in did not say it', async () => {
    const account = somebody(['ig', 'researchers']);
    const approver = await signIn(account);
    const token = await apiTokenOf(clientOf(approver));
    const delegate = await signIn(somebody('researchers'));
    await delegateApproval(clientOf(approver), delegate.person.id, { now: systemClock.now() });
    expect(await triesToApprove(clientOf(delegate))).toBe('NOT_FOUND');
    await signIn({ ...account, groups: ['researchers'] });
    expect(await triesToApprove(clientOf(delegate))).toBe('NOT_PERMITTED');
    expect(await statusAtCallback({ ...account, groups: [] })).toBe(403);
    expect(await codeWith(token)).toBe('NOT_PERMITTED');
  });

  it('is lent to nobody when it is too old', async () => {
    const approver = await signIn(somebody('ig'));
    const delegate = await signIn(somebody('researchers'));
    await delegateApproval(clientOf(approver), delegate.person.id, { now: systemClock.now() });
    expect(await triesToApprove(clientOf(delegate))).toBe('NOT_FOUND');
    await seenHoursAgo(approver.person.id, 25);
    expect(await triesToApprove(clientOf(delegate))).toBe('NOT_PERMITTED');
  });
});

describe('with the break-glass setting', () => {
  beforeAll(async () => {
    await service.server.stop();
    service.server.start({ PICKETFENCE_BREAK_GLASS: 'on' });
    await service.untilReady();
  });

  it('a password lets in who decides, which is on record and told to the administrators', async () => {
    const approver = await service.as('approver');
    const { id } = await approver.call<{ id: string }>('{ me { id } }');
    expect(await lastEvent(service.database, 'break-glass')).toMatchObject({
      outcome: 'done',
      actor_id: id,
      subject_id: id,
      details: { roles: ['ig-approver'] },
    });
    expect(await topicsOn(administrator.client, id)).toEqual(['break-glass']);
    expect(await triesToApprove(approver)).toBe('NOT_FOUND');
    expect(await codeWith(await apiTokenOf(approver))).toBe('UNAUTHENTICATED');
  });

  it('nothing is told of who needs no glass broken', async () => {
    const researcher = await service.as('researcher');
    const { id } = await researcher.call<{ id: string }>('{ me { id } }');
    expect(await topicsOn(administrator.client, id)).toEqual([]);
  });
});
