import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiClient, refusalFields } from '../../src/commands/example/api-client.js';
import * as steps from '../../src/commands/example/steps.js';
import { refuseWebhook } from '../../src/index.js';
import { addPerson, type Cast, type Prepared, prepareSource, refusalOf, signInAll } from '../support/cast.js';
import { asOwner, eventsOn } from '../support/databases.js';
import { allDelivered, changedPolicies } from '../support/notified.js';
import { type Service, startService } from '../support/service.js';
import { waitFor } from '../support/wait-for.js';
import { openReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

/** A whole way of a request, on machines with little to spare. */
const setUpMsMax = 180_000;

const title = 'A title that no webhook tells';

let policies: string;
let service: Service;
let cast: Cast;
let prepared: Prepared;
let administrator: ApiClient;
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  policies = changedPolicies({ 'notifications.json': { retrySeconds: [1, 1] } });
  const env = {
    PICKETFENCE_POLICIES: policies,
    PICKETFENCE_WEBHOOK_LOOPBACK: 'on',
    PICKETFENCE_SWEEP_MS: '200',
  };
  service = await startService({ env });
  cast = await signInAll(service);
  prepared = await prepareSource(cast);
  ({ client: administrator } = await addPerson(service, ['administrator']));
}, setUpMsMax);
afterEach(async () => {
  await asOwner(service.database, 'UPDATE webhook SET disabled_at = created_at');
  for (const one of open.splice(0)) await one.close();
});
afterAll(async () => {
  await service.stop();
  rmSync(policies, { recursive: true });
});

async function receiver(...answer: Parameters<typeof openReceiver>): Promise<WebhookReceiver> {
  const opened = await openReceiver(...answer);
  open.push(opened);
  return opened;
}

interface SecretAnswer {
  readonly secret: string;
  readonly webhook: { readonly id: string };
}

function createWebhook(person: ApiClient, url: string): Promise<SecretAnswer> {
  return person.call(
    `mutation ($url: String!) {
       createWebhook(url: $url, description: "For a story.") {
         __typename ... on WebhookSecret { secret webhook { id } } ${refusalFields}
       }
     }`,
    { url },
  );
}

function command<Answer>(mutation: string, type: string, fields: string, id: string): Promise<Answer> {
  return administrator.call<Answer>(
    `mutation ($id: ID!) { ${mutation}(id: $id) { __typename ... on ${type} { ${fields} } ${refusalFields} } }`,
    { id },
  );
}

interface DeadLetter {
  readonly id: string;
  readonly channel: string;
  readonly attempts: number;
  readonly problem: string;
}

async function deadLetters(): Promise<DeadLetter[]> {
  return administrator.call('{ deadLetters { id channel attempts problem } }');
}

/** A request that is submitted: one change of state. */
async function submitted(): Promise<string> {
  const { sourceId, columns } = prepared;
  const draft = { title, purpose: 'To be told of, to programs too.', rows: 10, columns };
  const { id } = await steps.draftRequest(cast.researcher, sourceId, draft);
  await steps.submitRequest(cast.researcher, id);
  return id;
}

it('a change of state is posted with ids and states alone, and a signature that the library verifies', async () => {
  const { url, deliveries } = await receiver();
  const { secret } = await createWebhook(administrator, url);
  const id = await submitted();
  await allDelivered(service.database);
  const [event] = await asOwner<{ sequence: string; at: Date }>(
    service.database,
    "SELECT sequence, at FROM audit_event WHERE subject_id = $1 AND action = 'submit-request'",
    [id],
  );
  expect(deliveries.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
    {
      type: 'request.changed',
      timestamp: event?.at.toISOString(),
      data: { requestId: id, from: 'DRAFT', to: 'SUBMITTED', auditEvent: event?.sequence },
    },
  ]);
  const [{ headers, body }] = deliveries as [(typeof deliveries)[number]];
  const now = new Date(Number(headers['webhook-timestamp']) * 1000 + 299_000);
  expect(refuseWebhook(secret, { headers, body, now })).toBeNull();
  expect(
    refuseWebhook(secret, { headers, body: body.replace('SUBMITTED', 'PUBLISHED'), now }),
  ).not.toBeNull();
  expect(refuseWebhook(secret, { headers, body, now: new Date(now.getTime() + 2000) })).toContain(
    'five minutes',
  );
});

it('a delivery that fails is made again under the same id, signed anew', async () => {
  const { url, deliveries } = await receiver((response, _, count) => {
    response.statusCode = count === 1 ? 503 : 204;
    response.end();
  });
  const { secret } = await createWebhook(administrator, url);
  await submitted();
  await waitFor(() => deliveries.length === 2);
  await allDelivered(service.database);
  const [one, two] = deliveries as [(typeof deliveries)[number], (typeof deliveries)[number]];
  expect([two.headers['webhook-id'], two.body]).toEqual([one.headers['webhook-id'], one.body]);
  for (const { headers, body } of deliveries) {
    const now = new Date(Number(headers['webhook-timestamp']) * 1000);
    expect(refuseWebhook(secret, { headers, body, now })).toBeNull();
  }
  expect(await deadLetters()).toEqual([]);
});

it('a redirect is not followed; after the last try it is a dead letter, which an administrator sends again', async () => {
  const elsewhere = await receiver();
  let isMended = false;
  const { url, deliveries } = await receiver((response) => {
    if (!isMended) response.writeHead(307, { location: elsewhere.url });
    response.end();
  });
  await createWebhook(administrator, url);
  await submitted();
  const [letter] = await waitFor(async () => {
    const found = await deadLetters();
    return found.length > 0 && found;
  });
  expect(letter).toMatchObject({ channel: 'webhook', attempts: 3, problem: 'The receiver answered 307.' });
  expect([deliveries.length, elsewhere.deliveries.length]).toEqual([3, 0]);
  isMended = true;
  await command('resendDeadLetter', 'DeadLetter', 'id', letter?.id ?? '');
  await waitFor(() => deliveries.length === 4);
  await allDelivered(service.database);
  expect(await deadLetters()).toEqual([]);
  expect(new Set(deliveries.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect((await eventsOn(service.database, letter?.id ?? '')).map(({ action }) => action)).toEqual([
    'resend-dead-letter',
  ]);
});

it('a secret is shown once, renewed at will, and lies in no row', async () => {
  const { url, deliveries } = await receiver();
  const { secret, webhook } = await createWebhook(administrator, url);
  const renewed = await command<SecretAnswer>('renewWebhookSecret', 'WebhookSecret', 'secret', webhook.id);
  expect(renewed.secret).not.toBe(secret);
  await submitted();
  await allDelivered(service.database);
  const [{ headers, body }] = deliveries as [(typeof deliveries)[number]];
  const now = new Date(Number(headers['webhook-timestamp']) * 1000);
  expect(refuseWebhook(secret, { headers, body, now })).toBe('No signature fits.');
  expect(refuseWebhook(renewed.secret, { headers, body, now })).toBeNull();
  const rows = await asOwner<{ row: string }>(
    service.database,
    "SELECT webhook::text AS row FROM webhook UNION ALL SELECT audit_event::text FROM audit_event WHERE subject_type = 'Webhook'",
  );
  const everything = rows.map(({ row }) => row).join('\n');
  for (const one of [secret, renewed.secret]) expect(everything).not.toContain(one.slice('whsec_'.length));
  expect(statSync(join(service.home, 'secrets', 'webhook-key')).mode & 0o777).toBe(0o600);
});

it('a disabled webhook is not posted to', async () => {
  const { url, deliveries } = await receiver();
  const { webhook } = await createWebhook(administrator, url);
  await service.worker.stop();
  await submitted();
  await command('disableWebhook', 'Webhook', 'id', webhook.id);
  service.worker.start();
  await allDelivered(service.database);
  expect(deliveries).toEqual([]);
});

it('is the affair of administrators', async () => {
  for (const person of [cast.researcher, cast.operator, cast.approver, cast.auditor]) {
    expect((await refusalOf(createWebhook(person, 'https://hooks.hospital.example/'))).code).toBe(
      'NOT_PERMITTED',
    );
    expect((await refusalOf(person.call('{ webhooks { url } }'))).code).toBe('NOT_PERMITTED');
    expect((await refusalOf(person.call('{ deadLetters { id } }'))).code).toBe('NOT_PERMITTED');
  }
});

it.each([
  'http://hooks.hospital.example/',
  'https://10.0.0.1/',
  'https://169.254.169.254/latest',
  'nonsense',
])('%s is refused, and the refusal is on record', async (url) => {
  expect((await refusalOf(createWebhook(administrator, url))).code).toBe('BAD_PARAMETERS');
});
