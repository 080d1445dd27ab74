import { rmSync } from 'node:fs';
import * as steps from '../../src/commands/example/steps.js';
import {
  addPerson,
  agreedRequest,
  type Cast,
  copyOf,
  decide,
  type Prepared,
  prepareSource,
  refusalOf,
  signInAll,
  type Somebody,
} from '../support/cast.js';
import { asOwner, eventsOn } from '../support/databases.js';
import {
  allDelivered,
  changedPolicies,
  inboxOf,
  mailsIn,
  notificationsOn,
  topicsOn,
} from '../support/notified.js';
import { type Service, startService } from '../support/service.js';

/** A whole way of a request, on machines with little to spare. */
const setUpMsMax = 180_000;

/** A title that tries to be a header, a paragraph of ours, and everything else. */
const title = `Visits\r\nBcc: all@hospital.example\r\n\r\nDear all, \u202efollow\u2028https://trap.example ${'x'.repeat(300)}`;

let policies: string;
let service: Service;
let cast: Cast;
let prepared: Prepared;
let second: Somebody;
/** A request that waits for the decision of information governance. */
let endorsed: { id: string; candidateHash: string };

beforeAll(async () => {
  policies = changedPolicies({ 'quorums.json': { approvals: { STRUCTURAL: 1, LOW: 2, HIGH: 2 } } });
  service = await startService({ env: { PICKETFENCE_POLICIES: policies } });
  cast = await signInAll(service);
  second = await addPerson(service, ['ig-approver']);
  prepared = await prepareSource(cast);
  const id = await agreedRequest(cast, prepared, { title });
  await steps.generateCandidate(cast.operator, id, { mechanismId: prepared.mechanismId, seed: 'told' });
  const { candidateHash } = await steps.requestIn(cast.evaluator, id, ['EVALUATING']);
  await steps.endorseRequest(cast.evaluator, id, candidateHash ?? '');
  endorsed = { id, candidateHash: candidateHash ?? '' };
}, setUpMsMax);
afterAll(async () => {
  await service.stop();
  rmSync(policies, { recursive: true });
});

it('everybody is told of the steps they have to take, and of what became of theirs', async () => {
  const { id } = endorsed;
  expect(await topicsOn(cast.researcher, id)).toEqual(['agreed']);
  expect(await topicsOn(cast.operator, id)).toEqual(['to-agree']);
  // The evaluator could have agreed as well; to have it generated is the operator's.
  expect(await topicsOn(cast.evaluator, id)).toEqual(['to-agree', 'to-evaluate']);
  expect(await topicsOn(cast.approver, id)).toEqual(['to-approve']);
  expect(await topicsOn(second.client, id)).toEqual(['to-approve']);
  for (const stranger of [cast.outsider, cast.custodian, cast.auditor])
    expect((await inboxOf(stranger)).items).toEqual([]);
});

it('each notification is there once a person and channel, and the e-mail says no more than the inbox and the title', async () => {
  await allDelivered(service.database);
  const rows = await notificationsOn(service.database, endorsed.id);
  const keys = rows.map(
    ({ event_sequence, person_id, channel }) => `${event_sequence} ${person_id} ${channel}`,
  );
  expect(new Set(keys).size).toBe(rows.length);
  expect(rows.filter(({ channel }) => channel === 'email').map(({ state }) => state)).toEqual(
    Array<string>(rows.length / 2).fill('SENT'),
  );
  const mails = mailsIn(service.home);
  expect(mails).toHaveLength(rows.length / 2);
  const toApprover = mails.filter(({ headers }) => headers.get('to')?.includes('<approver@demo.example>'));
  expect(toApprover).toHaveLength(1);
  const { items } = await inboxOf(cast.approver);
  const [{ headers, text }] = toApprover as [(typeof mails)[number]];
  expect([...headers.keys()].sort()).toEqual([
    ...['auto-submitted', 'content-transfer-encoding', 'content-type', 'date', 'from', 'message-id'],
    ...['mime-version', 'subject', 'to'],
  ]);
  expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(headers.get('subject')).toBe(items[0]?.text);
  expect(text.trimEnd().split('\r\n')).toEqual([
    ...['Dear Ina Approver,', '', items[0]?.text, ''],
    expect.stringMatching(
      /^Title: Visits Bcc: all@hospital\.example Dear all, follow https:\/\/trap\.example x+…$/,
    ),
    ...['', 'Sign in to picketfence to see it. Answers to this message are not read.'],
  ]);
});

it('the database keeps a second notification of the same event from being written', async () => {
  const copy = `INSERT INTO notification SELECT (jsonb_populate_record(found, jsonb_build_object('id', gen_random_uuid()))).*
    FROM notification found WHERE subject_id = $1 LIMIT 1`;
  await expect(asOwner(service.database, copy, [endorsed.id])).rejects.toThrow('notification_once');
});

it('one of two approvals is told to nobody; the second one is told to the requester', async () => {
  const { id, candidateHash } = await copyOf(service, endorsed);
  await steps.approveRequest(cast.approver, id, candidateHash);
  expect((await eventsOn(service.database, id)).at(-1)).toMatchObject({
    action: 'approve-request',
    details: { from: 'IG_REVIEW', to: 'IG_REVIEW' },
  });
  expect(await notificationsOn(service.database, id)).toEqual([]);
  await steps.approveRequest(second.client, id, candidateHash);
  await steps.requestIn(cast.researcher, id, ['PUBLISHED']);
  expect(await topicsOn(cast.researcher, id)).toEqual(['approved', 'published']);
  expect(await topicsOn(cast.approver, id)).toEqual([]);
});

it('a rejection reaches those who worked on the request, without its reason', async () => {
  const { id } = await copyOf(service, endorsed);
  await decide(cast.approver, 'reject', id);
  for (const person of [cast.researcher, cast.operator, cast.evaluator])
    expect(await topicsOn(person, id)).toEqual(['rejected']);
  const all = await asOwner<{ row: string }>(
    service.database,
    'SELECT notification::text AS row FROM notification WHERE subject_id = $1',
    [id],
  );
  expect(all.map(({ row }) => row).join('\n')).not.toContain('A reason of enough characters');
});

it('what is refused is told to nobody', async () => {
  const { id } = await copyOf(service, endorsed);
  await refusalOf(steps.approveRequest(cast.approver, id, 'f'.repeat(64)));
  expect((await eventsOn(service.database, id)).at(-1)?.outcome).toBe('refused');
  expect(await notificationsOn(service.database, id)).toEqual([]);
});

it('an inbox is read in pages, and marked by its person alone', async () => {
  const { items, unread } = await inboxOf(cast.researcher);
  expect(unread).toBe(items.length);
  const [newest, next] = await Promise.all([
    inboxOf(cast.researcher, { first: 1 }),
    inboxOf(cast.researcher, { first: 1, before: items[0]?.cursor }),
  ]);
  expect([...newest.items, ...next.items]).toEqual(items.slice(0, 2));
  const mark = (person: Cast['researcher'], ids: unknown): Promise<number> =>
    person.call('mutation ($ids: [ID!]!) { markRead(ids: $ids) }', { ids });
  const ids = [items[0]?.id];
  expect(await mark(cast.outsider, ids)).toBe(0);
  expect(await mark(cast.researcher, ids)).toBe(1);
  expect(await mark(cast.researcher, ids)).toBe(0);
  const after = await inboxOf(cast.researcher, { unreadOnly: true });
  expect(after.items).toEqual(items.slice(1));
  expect(after.unread).toBe(unread - 1);
});

it('who may no longer read a request gets no e-mail of it', async () => {
  const gone = await addPerson(service, ['ig-approver']);
  const stays = await addPerson(service, ['ig-approver']);
  await service.worker.stop();
  const { id } = await copyOf(service, endorsed);
  await asOwner(
    service.database,
    "UPDATE request SET state = 'EVALUATING', endorser_ids = '{}' WHERE id = $1",
    [id],
  );
  await steps.endorseRequest(cast.evaluator, id, endorsed.candidateHash);
  expect(await topicsOn(gone.client, id)).toEqual(['to-approve']);
  await asOwner(service.database, "UPDATE person SET roles = '{custodian}' WHERE id = $1", [gone.id]);
  service.worker.start();
  await allDelivered(service.database);
  const rows = await notificationsOn(service.database, id);
  const stateOf = (person: Somebody): string | undefined =>
    rows.find(({ person_id, channel }) => person_id === person.id && channel === 'email')?.state;
  expect([stateOf(gone), stateOf(stays)]).toEqual(['WITHHELD', 'SENT']);
});
