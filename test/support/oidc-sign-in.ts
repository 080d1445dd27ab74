import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from './browser.js';
import type { Service } from './service.js';

export const clientId = 'picketfence';
export const clientSecret = 'a-secret-of-the-tests-that-is-long-enough';
export const callbackOf = (baseUrl: string): string => `${baseUrl}/sign-in/oidc/callback`;

const mapping = {
  version: 1,
  claim: 'groups',
  roles: [
    { value: 'researchers', roles: ['researcher'] },
    { value: 'ig', roles: ['ig-approver'] },
    { value: 'accounts', roles: ['administrator'] },
  ],
};

export function oidcSettings(baseUrl: string, issuer: string): NodeJS.ProcessEnv {
  const file = join(mkdtempSync(join(tmpdir(), 'picketfence-mapping-')), 'roles.json');
  writeFileSync(file, JSON.stringify(mapping));
  return {
    PICKETFENCE_PUBLIC_URL: baseUrl,
    PICKETFENCE_OIDC_ISSUER: issuer,
    PICKETFENCE_OIDC_CLIENT_ID: clientId,
    PICKETFENCE_OIDC_CLIENT_SECRET: clientSecret,
    PICKETFENCE_OIDC_MAPPING: file,
  };
}

/** To the provider and back; answers the URL of the callback, unvisited. */
export function atCallback({ baseUrl }: Service, browser: Browser, returnTo = '/'): Promise<string> {
  const begin = `${baseUrl}/sign-in/oidc?${new URLSearchParams({ returnTo }).toString()}`;
  return browser.followUntil(begin, callbackOf(baseUrl));
}

export interface SessionAnswer {
  readonly __typename: string;
  readonly code?: string;
  readonly token: string;
  readonly person: { readonly id: string; readonly name: string; readonly roles: readonly string[] };
}

const query = `mutation ($code: String!) { completeSignIn(code: $code) { __typename
  ... on Session { token person { id name roles } } ... on Refusal { code message } } }`;

export async function redeem({ baseUrl }: Service, browser: Browser, code: string): Promise<SessionAnswer> {
  const response = await browser.post(`${baseUrl}/graphql`, { query, variables: { code } });
  const { data } = (await response.json()) as { data: { completeSignIn: SessionAnswer } };
  return data.completeSignIn;
}

/** The code that a successful callback hands over. */
export async function handOverOf(browser: Browser, callback: string): Promise<string> {
  const response = await browser.get(callback);
  const location = response.headers.get('location');
  if (location === null) throw new Error(`${response.status}: ${await response.text()}`);
  return new URL(location).hash.replace('#sign-in=', '');
}

/** The whole way. */
export async function signInAtProvider(service: Service, browser: Browser): Promise<SessionAnswer> {
  const code = await handOverOf(browser, await atCallback(service, browser));
  return redeem(service, browser, code);
}
