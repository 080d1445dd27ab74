import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import express from 'express';
import { clientAddress, trustedProxies } from '../../src/modules/platform/http/client-address.js';

let server: Server | undefined;
afterEach(() => server?.close());

/** What a server that trusts `blocks` takes the caller for; the connection comes from 127.0.0.1. */
async function seenBy(blocks: readonly string[], forwarded?: string): Promise<string> {
  const app = express();
  app.set('trust proxy', trustedProxies(blocks));
  app.use((request, response) => {
    response.send(clientAddress(request));
  });
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return (await fetch(`http://127.0.0.1:${port}`, { headers })).text();
}

it.each<[string, readonly string[], string | undefined, string]>([
  ['no header', ['127.0.0.1'], undefined, '127.0.0.1'],
  ['a header where nobody is trusted', [], '203.0.113.9', '127.0.0.1'],
  ['a header from somebody who is not trusted', ['10.0.0.0/8'], '203.0.113.9', '127.0.0.1'],
  ['what a trusted proxy says', ['127.0.0.1'], '203.0.113.9', '203.0.113.9'],
  ['what a proxy of a trusted block says', ['127.0.0.0/8'], '203.0.113.9', '203.0.113.9'],
  ['what the caller put before it', ['127.0.0.1'], '198.51.100.1, 203.0.113.9', '203.0.113.9'],
  ['the address of the proxy itself, put before it', ['127.0.0.1'], '127.0.0.1, 203.0.113.9', '203.0.113.9'],
  ['a chain of two trusted proxies', ['127.0.0.1', '10.1.0.0/16'], '203.0.113.9, 10.1.2.3', '203.0.113.9'],
  ['a chain with one that is not trusted', ['127.0.0.1', '10.1.0.0/16'], '203.0.113.9, 10.2.2.3', '10.2.2.3'],
  ['IPv6', ['127.0.0.1'], '2001:db8::7', '2001:db8::7'],
  ['what is no address', ['127.0.0.1'], 'unknown', '127.0.0.1'],
  ['an address with a port, a new one each time', ['127.0.0.1'], '203.0.113.9:50123', '127.0.0.1'],
  ['nothing between commas', ['127.0.0.1'], '203.0.113.9,,', '203.0.113.9'],
])('knows the caller by %s', async (_, blocks, forwarded, expected) => {
  expect(await seenBy(blocks, forwarded)).toBe(expected);
});
