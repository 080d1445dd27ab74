import { createServer as createTcpServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { openReceiver } from '../support/webhook-receiver.js';
import { postWebhook } from '../../src/modules/notifications/webhooks/post-webhook.js';

const post = { headers: { 'content-type': 'application/json' }, body: '{}' };

it('does not connect to this machine unless that is allowed, however the machine is named', async () => {
  const receiver = await openReceiver();
  const port = new URL(receiver.url).port;
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0', '127.1']) {
    for (const scheme of ['http', 'https']) {
      const outcome = await postWebhook(
        { ...post, url: `${scheme}://${host}:${port}/` },
        { loopback: false },
      );
      expect(outcome).toMatchObject({ kind: 'failed', final: true });
    }
  }
  expect(receiver.deliveries).toEqual([]);
  expect(await postWebhook({ ...post, url: receiver.url }, { loopback: true })).toEqual({ kind: 'sent' });
  await receiver.close();
});

it('says that a name which leads nowhere could not be reached', async () => {
  const outcome = await postWebhook({ ...post, url: 'https://nowhere.invalid/' }, { loopback: false });
  expect(outcome).toMatchObject({ kind: 'failed', final: false });
});

it.each([
  [200, { kind: 'sent' }],
  [204, { kind: 'sent' }],
  [301, { kind: 'failed', problem: 'The receiver answered 301.', final: false }],
  [410, { kind: 'failed', problem: 'The receiver answered 410.', final: true }],
  [500, { kind: 'failed', problem: 'The receiver answered 500.', final: false }],
])('answers to %d', async (status, expected) => {
  const receiver = await openReceiver((response) => {
    response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end('x'.repeat(1_000_000));
  });
  expect(await postWebhook({ ...post, url: receiver.url }, { loopback: true })).toEqual(expected);
  await receiver.close();
});

it('does not wait for a receiver that never answers', async () => {
  const sockets: Socket[] = [];
  const server = createTcpServer((socket) => sockets.push(socket.on('error', () => undefined))).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const url = `http://127.0.0.1:${port}/`;
  expect(await postWebhook({ ...post, url, timeoutMs: 100 }, { loopback: true })).toEqual({
    ...{ kind: 'failed', final: false },
    problem: 'The receiver did not answer in time.',
  });
  for (const socket of sockets) socket.destroy();
  server.close();
});
