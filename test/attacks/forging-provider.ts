import {
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
  sign,
} from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { clientId, clientSecret } from '../support/oidc-sign-in.js';

type Part = Readonly<Record<string, unknown>>;

/** What the provider says in the ID token, and how it signs that. */
export interface Forgery {
  readonly header?: Part;
  readonly claims?: Part;
  /** Left out of the token. */
  readonly without?: readonly string[];
  readonly signature?: (input: string) => Buffer;
}

const encode = (part: Part): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const newKeys = (): { privateKey: KeyObject; publicKey: KeyObject } =>
  generateKeyPairSync('rsa', { modulusLength: 2048 });

const keys = newKeys();
const jwk = { ...keys.publicKey.export({ format: 'jwk' }), kid: 'the-key', use: 'sig', alg: 'RS256' };
const publicPem = createPublicKey(keys.privateKey).export({ format: 'pem', type: 'spki' });
const stranger = newKeys();

export const signedBy: Readonly<
  Record<'nobody' | 'aStranger' | 'publicKeyAsSecret' | 'clientSecret', (input: string) => Buffer>
> = {
  nobody: () => Buffer.alloc(0),
  aStranger: (input: string) => sign('sha256', Buffer.from(input), stranger.privateKey),
  publicKeyAsSecret: (input: string) => createHmac('sha256', publicPem).update(input).digest(),
  clientSecret: (input: string) => createHmac('sha256', clientSecret).update(input).digest(),
};

export interface ForgingProvider {
  readonly issuer: string;
  forgery: Forgery;
  stop(): Promise<void>;
}

/** Answers as a provider would, with whatever ID token it is told to make. */
export async function startForgingProvider(now: () => number): Promise<ForgingProvider> {
  const nonces = new Map<string, string>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      answer(url, body, response);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const issuer = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;

  const idToken = (nonce: string): string => {
    const { header, claims, without = [], signature } = held.forgery;
    const seconds = Math.floor(now() / 1000);
    const all = {
      iss: issuer,
      aud: clientId,
      sub: 'forged',
      nonce,
      iat: seconds,
      exp: seconds + 300,
      groups: ['ig'],
      email: 'forger@provider.example',
      email_verified: true,
    };
    const kept = Object.entries({ ...all, ...claims }).filter(([name]) => !without.includes(name));
    const input = `${encode({ alg: 'RS256', kid: 'the-key', ...header })}.${encode(Object.fromEntries(kept))}`;
    const made = signature?.(input) ?? sign('sha256', Buffer.from(input), keys.privateKey);
    return `${input}.${made.toString('base64url')}`;
  };
  const answer = (url: URL, body: string, response: ServerResponse): void => {
    if (url.pathname === '/authorize') {
      const code = randomUUID();
      nonces.set(code, url.searchParams.get('nonce') ?? '');
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      back.search = new URLSearchParams({ code, state: url.searchParams.get('state') ?? '' }).toString();
      response.writeHead(302, { location: back.href }).end();
      return;
    }
    const nonce = nonces.get(new URLSearchParams(body).get('code') ?? '') ?? '';
    const documents: Readonly<Record<string, () => object>> = {
      '/.well-known/openid-configuration': () => ({
        ...{ issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` },
        ...{
          jwks_uri: `${issuer}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
        },
        id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
      }),
      '/keys': () => ({ keys: [jwk] }),
      '/token': () => ({ access_token: 'a', token_type: 'Bearer', id_token: idToken(nonce) }),
    };
    const document = documents[url.pathname];
    response.writeHead(document ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document?.() ?? {}));
  };
  const held: ForgingProvider = {
    issuer,
    forgery: {},
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return held;
}
