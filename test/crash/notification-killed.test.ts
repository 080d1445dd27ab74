import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import { type ApiClient, refusalFields } from '../../src/commands/example/api-client.js';
import * as steps from '../../src/commands/example/steps.js';
import { addPerson, type Cast, type Prepared, prepareSource, signInAll } from '../support/cast.js';
import { asOwner } from '../support/databases.js';
import { Gate } from '../support/gate.js';
import { allDelivered, notificationsOn, readMail } from '../support/notified.js';
import { type Service, startService } from '../support/service.js';
import { waitFor } from '../support/wait-for.js';
import { openReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

/** Each restarts processes, on machines with little to spare. */
const testMsMax = 180_000;

interface Received {
  readonly messageId: string;
  readonly to: string;
  readonly from: string;
}

/** What the mail server took, in order; `hold` keeps its answers back, so that a worker cannot know of them. */
const received: Received[] = [];
let hold: Gate | null = null;

const mailServer = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData: (stream, { envelope }, callback) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const { headers } = readMail(Buffer.concat(chunks).toString('latin1'));
      const [to] = envelope.rcptTo;
      const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
      received.push({ messageId: headers.get('message-id') ?? '', to: to?.address ?? '', from });
      if (hold)
        void hold.opened.then(() => {
          callback();
        });
      else callback();
    });
  },
});
// A killed worker hangs up in the middle.
mailServer.on('error', () => undefined);

let service: Service;
let cast: Cast;
let prepared: Prepared;
let receiver: WebhookReceiver;
let administrator: ApiClient;

beforeAll(async () => {
  mailServer.listen(0, '127.0.0.1');
  await once(mailServer.server, 'listening');
  const address = mailServer.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  receiver = await openReceiver((response) => {
    if (hold) void hold.opened.then(() => response.end());
    else response.end();
  });
  service = await startService({
    env: {
      PICKETFENCE_SMTP_URL: `smtp://127.0.0.1:${port}`,
      PICKETFENCE_MAIL_FROM: 'picketfence@hospital.example',
      PICKETFENCE_WEBHOOK_LOOPBACK: 'on',
      PICKETFENCE_JOB_LOCK_MS: '1000',
    },
  });
  cast = await signInAll(service);
  prepared = await prepareSource(cast);
  ({ client: administrator } = await addPerson(service, ['administrator']));
  await administrator.call(
    `mutation ($url: String!) {
       createWebhook(url: $url, description: "For a story.") { __typename ... on WebhookSecret { secret } ${refusalFields} }
     }`,
    { url: receiver.url },
  );
}, testMsMax);
beforeEach(async () => {
  await allDelivered(service.database);
  received.splice(0);
}, testMsMax);
afterEach(() => {
  hold?.open();
  hold = null;
});
afterAll(async () => {
  await service.stop();
  await receiver.close();
  await new Promise((resolve) => {
    mailServer.close(() => {
      resolve(undefined);
    });
  });
});

/** A change of state that concerns the operator, the evaluator and the webhook. */
async function submitted(): Promise<string> {
  const { sourceId, columns } = prepared;
  const draft = { title: 'Killed', purpose: 'To be told of in spite of all.', rows: 10, columns };
  const { id } = await steps.draftRequest(cast.researcher, sourceId, draft);
  await steps.submitRequest(cast.researcher, id);
  return id;
}

/** Deliveries that were posted of this request. */
const postedOf = (id: string): WebhookReceiver['deliveries'] =>
  receiver.deliveries.filter(({ body }) => body.includes(id));

/** Two e-mails and one post were necessary, each has one row, and each is on record as sent. */
async function expectEachSentOnce(id: string): Promise<Set<string>> {
  await allDelivered(service.database);
  const rows = (await notificationsOn(service.database, id)).filter(({ channel }) => channel !== 'inbox');
  expect(rows.map(({ channel, state }) => `${channel} ${state}`).sort()).toEqual([
    ...['email SENT', 'email SENT', 'webhook SENT'],
  ]);
  return new Set(rows.map(({ id: one }) => one));
}

it(
  'a worker that is killed before it sends loses nothing',
  async () => {
    await service.worker.kill();
    const id = await submitted();
    expect(received).toEqual([]);
    service.worker.start();
    const ids = await expectEachSentOnce(id);
    expect(received.map(({ to }) => to).sort()).toEqual(['evaluator@demo.example', 'operator@demo.example']);
    expect(new Set(received.map(({ from }) => from))).toEqual(new Set(['picketfence@hospital.example']));
    for (const { messageId } of received) {
      expect(messageId).toMatch(/^<[0-9a-f-]{36}@hospital\.example>$/);
      expect(ids).toContain(messageId.slice(1, 37));
    }
    expect(postedOf(id)).toHaveLength(1);
    expect(ids).toContain(postedOf(id)[0]?.headers['webhook-id']);
  },
  testMsMax,
);

it(
  'a worker that is killed after it sent, before that is on record, sends again under the same ids',
  async () => {
    hold = new Gate();
    const id = await submitted();
    // Both places of the worker wait for answers that it will not get.
    await waitFor(() => received.length + postedOf(id).length >= 2);
    await service.worker.kill();
    const taken = [...received.map(({ messageId }) => messageId), ...postedOf(id).map(webhookId)];
    const open = await asOwner(
      service.database,
      "SELECT 1 FROM notification WHERE subject_id = $1 AND state = 'PENDING'",
      [id],
    );
    expect(open).toHaveLength(3);
    hold.open();
    hold = null;
    service.worker.start();
    await expectEachSentOnce(id);
    const all = [...received.map(({ messageId }) => messageId), ...postedOf(id).map(webhookId)];
    expect(new Set(all).size).toBe(3);
    for (const one of taken) expect(all.filter((other) => other === one)).toHaveLength(2);
  },
  testMsMax,
);

const webhookId = ({ headers }: WebhookReceiver['deliveries'][number]): string =>
  String(headers['webhook-id']);

it('a mail server that refuses for good makes a dead letter, in our words', async () => {
  mailServer.onRcptTo = ({ address }, _, callback) => {
    const refused = Object.assign(new Error(`${address} has moved to another town`), { responseCode: 550 });
    callback(address.startsWith('operator') ? refused : null);
  };
  const id = await submitted();
  await allDelivered(service.database);
  const rows = await notificationsOn(service.database, id);
  expect(
    rows
      .filter(({ channel }) => channel === 'email')
      .map(({ state }) => state)
      .sort(),
  ).toEqual(['FAILED', 'SENT']);
  const letters = await administrator.call<{ attempts: number; problem: string }[]>(
    '{ deadLetters { attempts problem } }',
  );
  expect(letters).toEqual([{ attempts: 1, problem: 'The mail server answered 550.' }]);
});
