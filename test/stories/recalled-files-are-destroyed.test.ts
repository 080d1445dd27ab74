import { type ApiClient, refusalFields } from '../../src/commands/example/api-client.js';
import {
  addPerson,
  type Cast,
  type Prepared,
  prepareSource,
  refusalOf,
  releasedRequest,
  signInAll,
  type Somebody,
} from '../support/cast.js';
import { asOwner, eventsOn } from '../support/databases.js';
import { commandIncident, recallRelease, reportIncident } from '../support/lifecycle-steps.js';
import { allDelivered, mailsIn, notificationsOn, topicsOn } from '../support/notified.js';
import { type Service, startService } from '../support/service.js';
import { waitFor } from '../support/wait-for.js';

/** A whole way of a request, on machines with little to spare. */
const setUpMsMax = 180_000;

let service: Service;
let cast: Cast;
let prepared: Prepared;
/** Another person of information governance, who looked at the release. */
let reader: Somebody;
let judge: Somebody;
let requestId: string;
let releaseId: string;

beforeAll(async () => {
  service = await startService({ env: { PICKETFENCE_SWEEP_MS: '200' } });
  cast = await signInAll(service);
  prepared = await prepareSource(cast);
  reader = await addPerson(service, ['ig-approver']);
  judge = await addPerson(service, ['ig-approver']);
  const { id, release } = await releasedRequest(cast, prepared);
  [requestId, releaseId] = [id, release.id];
  for (const person of [cast.researcher, reader.client]) {
    const response = await person.get(release.files[0]?.path ?? '');
    expect(response.status).toBe(200);
    await response.arrayBuffer();
  }
  // Whoever has files is reached, whatever became of the account.
  await asOwner(service.database, "UPDATE person SET roles = '{custodian}' WHERE id = $1", [reader.id]);
  await recallRelease(cast.approver, requestId);
}, setUpMsMax);
afterAll(() => service.stop());

interface Destruction {
  readonly personId: string;
  readonly personName: string;
  readonly releaseId: string;
  readonly confirmedAt: string | null;
  readonly statement: string | null;
}

const fields = 'personId personName releaseId confirmedAt statement';
const outstanding = (): Promise<Destruction[]> => cast.approver.call(`{ destructions { ${fields} } }`);
const own = (person: ApiClient): Promise<Destruction[]> => person.call(`{ myDestructions { ${fields} } }`);

function confirm(person: ApiClient, statement = 'Deleted the folder and its backup.'): Promise<Destruction> {
  return person.call(
    `mutation ($releaseId: ID!, $statement: String!) {
       confirmDestruction(releaseId: $releaseId, statement: $statement) {
         __typename ... on Destruction { ${fields} } ${refusalFields}
       }
     }`,
    { releaseId, statement },
  );
}

/** Lets the time of the thresholds come, and waits until everybody concerned was told. */
async function reachThreshold(column: 'remind_at' | 'overdue_at', count: number): Promise<void> {
  const before = (await eventsOn(service.database, releaseId)).filter(isReminder).length;
  await asOwner(service.database, `UPDATE destruction SET ${column} = now() - interval '1 second'`);
  await waitFor(
    async () => (await eventsOn(service.database, releaseId)).filter(isReminder).length === before + count,
  );
}

const isReminder = ({ action }: { readonly action: string }): boolean => action === 'remind-destruction';

it('a recall tells everybody who downloaded, of whatever role by now, and the people of the request', async () => {
  expect(await topicsOn(cast.researcher, requestId)).toContain('destroy');
  expect(await topicsOn(reader.client, requestId)).toContain('destroy');
  await allDelivered(service.database);
  const mails = mailsIn(service.home).filter(({ text }) => text.includes('destroy every copy'));
  expect(mails).toHaveLength(2);
  const rows = await notificationsOn(service.database, requestId);
  expect(rows.filter(({ topic, state }) => topic === 'destroy' && state === 'SENT')).toHaveLength(4);
});

it('information governance sees who has not confirmed, and nobody else does', async () => {
  expect((await outstanding()).map(({ personId }) => personId)).toContain(reader.id);
  expect(await outstanding()).toHaveLength(2);
  for (const person of [cast.researcher, cast.operator, cast.auditor])
    expect((await refusalOf(person.call('{ destructions { personId } }'))).code).toBe('NOT_PERMITTED');
});

it('who has not confirmed is reminded once', async () => {
  await reachThreshold('remind_at', 2);
  expect(await topicsOn(reader.client, releaseId)).toEqual(['destroy-reminder']);
  expect(await topicsOn(cast.approver, releaseId)).toEqual([]);
});

it('each confirms once, in words, which the chain keeps', async () => {
  expect((await refusalOf(confirm(cast.researcher, 'Yes.'))).code).toBe('INCOMPLETE');
  expect((await refusalOf(confirm(cast.outsider))).code).toBe('NOT_FOUND');
  expect(await own(cast.researcher)).toHaveLength(1);
  const { confirmedAt, statement } = await confirm(cast.researcher);
  expect(statement).toBe('Deleted the folder and its backup.');
  expect(confirmedAt).not.toBeNull();
  expect((await refusalOf(confirm(cast.researcher, 'Deleted it once more.'))).code).toBe('ALREADY_DECIDED');
  expect(await own(cast.researcher)).toEqual([]);
  expect((await outstanding()).map(({ personId }) => personId)).toEqual([reader.id]);
  const events = (await eventsOn(service.database, releaseId)).filter(
    ({ action }) => action === 'confirm-destruction',
  );
  expect(
    events.map(({ outcome, details }) => [outcome, details['statement'] ?? details.refusal?.code]),
  ).toEqual([
    ['refused', 'INCOMPLETE'],
    ['refused', 'NOT_FOUND'],
    ['done', 'Deleted the folder and its backup.'],
    ['refused', 'ALREADY_DECIDED'],
  ]);
});

it('two confirmations at once are one', async () => {
  const answers = await Promise.allSettled([confirm(reader.client), confirm(reader.client)]);
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await asOwner(service.database, 'UPDATE destruction SET confirmed_at = NULL WHERE person_id = $1', [
    reader.id,
  ]);
});

it('what is overdue is told to information governance too, and not of those who confirmed', async () => {
  await reachThreshold('overdue_at', 1);
  expect(await topicsOn(reader.client, releaseId)).toEqual(['destroy-reminder', 'destroy-reminder']);
  expect(await topicsOn(cast.researcher, releaseId)).toEqual(['destroy-reminder']);
  expect(await topicsOn(cast.approver, releaseId)).toEqual(['destruction-overdue']);
});

it('information governance is reminded of the time to tell the regulator, once of each threshold', async () => {
  const { id } = await reportIncident(cast.researcher, requestId, 'LOW');
  const dismissed = await reportIncident(cast.researcher, requestId, 'LOW');
  for (const command of ['TRIAGE', 'DISMISS']) await commandIncident(judge.client, dismissed.id, command);
  const reminders = async (): Promise<unknown[]> =>
    (await eventsOn(service.database, id)).filter(({ action }) => action === 'remind-incident');
  const deadlineIn = (hours: number): Promise<unknown> =>
    asOwner(
      service.database,
      `UPDATE incident SET regulator_deadline_at = now() + make_interval(hours => $1)`,
      [hours],
    );
  await deadlineIn(25);
  await commandIncident(judge.client, id, 'TRIAGE');
  expect(await reminders()).toEqual([]);
  await deadlineIn(23);
  await waitFor(async () => (await reminders()).length === 1);
  expect(await topicsOn(cast.approver, id)).toEqual(['incident', 'regulator-reminder']);
  await deadlineIn(-1);
  await waitFor(async () => (await reminders()).length === 2);
  expect(await topicsOn(cast.approver, id)).toEqual(['incident', 'regulator-reminder', 'regulator-overdue']);
  expect(await topicsOn(cast.operator, id)).toEqual([]);
  expect(await topicsOn(cast.approver, dismissed.id)).toEqual(['incident']);
});
