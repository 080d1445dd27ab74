import * as client from 'openid-client';
import type { Clock } from '../../core/time/clock.js';
import type { OidcConfig } from '../platform/index.js';

/** Under the public URL; the address that the provider has to know. */
const callbackPath = '/sign-in/oidc/callback';

const timeoutSeconds = 10;
const metadataMsMax = 600_000;
const subjectLengthMax = 255;
const unstorable = /\0|\p{Surrogate}/u;

const isSubject = (text: string): boolean =>
  text.trim() !== '' && text.length <= subjectLengthMax && !unstorable.test(text);

/** What binds the answer of the provider to the question. */
export interface Expected {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

export interface ProvenIdentity {
  readonly issuer: string;
  readonly subject: string;
  /** Of the ID token, its signature, audience, times and nonce checked. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** The provider as its discovery document describes it. OpenID Connect Core 1.0, authorization code flow with PKCE. */
export class IdentityProvider {
  private known: { readonly metadata: client.ServerMetadata; readonly until: number } | undefined;

  constructor(
    private readonly config: OidcConfig,
    private readonly clock: Clock,
  ) {}

  newQuestion(): Expected {
    return {
      state: client.randomState(),
      nonce: client.randomNonce(),
      codeVerifier: client.randomPKCECodeVerifier(),
    };
  }

  async authorizationUrl({ state, nonce, codeVerifier }: Expected): Promise<URL> {
    return client.buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: this.config.publicUrl + callbackPath,
      scope: 'openid profile email',
      response_type: 'code',
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    });
  }

  /**
   * Exchanges the code that came in the query of the callback.
   * @throws when the provider, the code or the ID token is not what was asked for
   */
  async prove(query: string, { state, nonce, codeVerifier }: Expected): Promise<ProvenIdentity> {
    const answered = new URL(this.config.publicUrl + callbackPath);
    answered.search = query;
    const tokens = await client.authorizationCodeGrant(await this.configuration(), answered, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: codeVerifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new Error('There is no ID token.');
    const { iss: issuer, sub: subject } = claims;
    if (!isSubject(subject)) throw new Error('The subject is empty, too long or no text.');
    return { issuer, subject, claims };
  }

  /** Made anew each time, so that keys are fetched with each sign-in: one that was withdrawn proves nothing. */
  private async configuration(): Promise<client.Configuration> {
    const { clientId, clientSecret, algorithm } = this.config;
    const configuration = new client.Configuration(
      await this.metadata(),
      clientId,
      { id_token_signed_response_alg: algorithm },
      this.clientAuthentication(clientSecret),
    );
    configuration.timeout = timeoutSeconds;
    // A signature is looked at even where TLS would vouch for the provider.
    client.enableNonRepudiationChecks(configuration);
    for (const allow of this.exceptions()) allow(configuration);
    return configuration;
  }

  private async metadata(): Promise<client.ServerMetadata> {
    const now = this.clock.now().getTime();
    if (this.known && now < this.known.until) return this.known.metadata;
    const { issuer, clientId, clientSecret } = this.config;
    const discovered = await client.discovery(
      new URL(issuer),
      clientId,
      undefined,
      this.clientAuthentication(clientSecret),
      { timeout: timeoutSeconds, execute: this.exceptions() },
    );
    this.known = { metadata: discovered.serverMetadata(), until: now + metadataMsMax };
    return this.known.metadata;
  }

  private clientAuthentication(secret: string | undefined): client.ClientAuth {
    return secret === undefined ? client.None() : client.ClientSecretBasic(secret);
  }

  /** The settings take plain HTTP for a provider on this machine only. */
  private exceptions(): ((configuration: client.Configuration) => void)[] {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to be noticed, not because it will go
    return this.config.issuer.startsWith('http:') ? [client.allowInsecureRequests] : [];
  }
}

export const IDENTITY_PROVIDER = Symbol('IdentityProvider');
