import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import Provider, { type JWK } from 'oidc-provider';
import { callbackOf, clientId, clientSecret } from './oidc-sign-in.js';

export interface TestAccount {
  readonly subject: string;
  readonly name: string;
  readonly groups: unknown;
  readonly email?: string;
  /** True when not given. */
  readonly emailVerified?: unknown;
}

export interface TestProvider {
  readonly issuer: string;
  /** Who signs in next. */
  account: TestAccount;
  /** New signing keys; the old ones are gone. */
  rotateKeys(): void;
  stop(): Promise<void>;
}

function newKey(): JWK {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = randomBytes(6).toString('hex');
  return { ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };
}

/** A real provider, over HTTP, whose login page takes whom it is told to. */
export async function startTestProvider(baseUrl: string): Promise<TestProvider> {
  let listener: RequestListener = () => undefined;
  const server = createServer((request, response) => {
    listener(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const issuer = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const use = (provider: Provider): void => {
    const answer = provider.callback();
    listener = (request, response) => {
      if (request.url?.startsWith('/interaction/') !== true) void answer(request, response);
      else void finish(provider, request, response, held.account.subject);
    };
  };
  const held: TestProvider = {
    issuer,
    account: { subject: 'nobody', name: 'Nobody', groups: [] },
    rotateKeys: () => {
      use(newProvider(issuer, baseUrl, () => held.account));
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  held.rotateKeys();
  return held;
}

async function finish(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  accountId: string,
): Promise<void> {
  await provider.interactionDetails(request, response);
  await provider.interactionFinished(request, response, { login: { accountId } });
}

function newProvider(issuer: string, baseUrl: string, account: () => TestAccount): Provider {
  return new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [callbackOf(baseUrl)] }],
    jwks: { keys: [newKey()] },
    cookies: { keys: ['of the tests'] },
    claims: { openid: ['sub'], profile: ['name', 'groups'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, accountId) => {
      const { name, groups, email, emailVerified = true } = account();
      const verified = email === undefined ? {} : { email, email_verified: emailVerified };
      const claims = { sub: accountId, name, groups, ...verified };
      return { accountId, claims: () => Promise.resolve(claims as never) };
    },
    loadExistingGrant: async ({ oidc }) => {
      const accountId = oidc.session?.accountId;
      const grant = new oidc.provider.Grant({ clientId, ...(accountId ? { accountId } : {}) });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
  });
}
