import { Inject, Injectable } from '@nestjs/common';
import type { SignedInPerson } from '../identity/index.js';
import { CONFIG, type Config, LOGGER, type Logger, type Refusal, refusal } from '../platform/index.js';
import { IDENTITY_PROVIDER, type IdentityProvider } from './identity-provider.js';
import { OidcRefusals } from './oidc-refusals.js';
import { OidcSignIns } from './oidc-sign-ins.service.js';
import { returnPath } from './return-path.rules.js';

const off = refusal('NOT_FOUND', 'There is no identity provider; sign in with a local account.');
const offSite = refusal('BAD_PARAMETERS', 'After signing in you go to a path of this service.', 'returnTo');
const unreachable = refusal('NOT_RUNNING', 'The identity provider does not answer; try again later.');
const notProven = refusal('WRONG_CREDENTIALS', 'The identity provider has not proved who you are.');

/** A sign-in at the identity provider, refusals recorded. */
@Injectable()
export class OidcService {
  private readonly publicUrl: string;

  constructor(
    private readonly signIns: OidcSignIns,
    private readonly refusals: OidcRefusals,
    @Inject(CONFIG) config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(IDENTITY_PROVIDER) private readonly provider: IdentityProvider | null,
  ) {
    this.publicUrl = config.oidc?.publicUrl ?? '';
  }

  /** Where to send the browser, and what it keeps meanwhile. */
  async begin(asked: string, address: string): Promise<{ url: URL; browser: string } | Refusal> {
    if (!this.provider) return off;
    const crowd = await this.refusals.admit(address);
    if (crowd) return crowd;
    const path = returnPath(asked, this.publicUrl);
    if (path === null) return this.refusals.record('returnTo', offSite);
    const question = this.provider.newQuestion();
    try {
      const url = await this.provider.authorizationUrl(question);
      return { url, browser: await this.signIns.begin(question, path) };
    } catch (error) {
      this.logger.warn({ error: messageOf(error) }, 'the identity provider does not answer');
      return unreachable;
    }
  }

  /** `query` is that of the callback. Answers where the browser goes on. */
  async comeBack(query: string, browser: string | null, address: string): Promise<{ url: string } | Refusal> {
    if (!this.provider) return off;
    const crowd = await this.refusals.admit(address);
    if (crowd) return crowd;
    const [state, ...more] = new URLSearchParams(query).getAll('state');
    if (state === undefined || more.length > 0) return this.refusals.record('state', notProven);
    const signIn = await this.signIns.take(state, browser);
    if ('code' in signIn) {
      return this.refusals.record(signIn.code === 'NOT_PERMITTED' ? 'browser' : 'state', signIn);
    }
    const { nonce, codeVerifier } = signIn;
    const proven = await this.provider
      .prove(query, { state, nonce, codeVerifier })
      .catch((error: unknown) => {
        this.logger.warn({ error: messageOf(error) }, 'an answer of the identity provider is refused');
        return null;
      });
    if (!proven) return this.refusals.record('token', notProven);
    const admitted = await this.signIns.admit(signIn, proven);
    if ('code' in admitted) return this.refusals.record('person', admitted);
    // After the mark: it is not sent to any server, and stands in no log.
    return { url: `${this.publicUrl}${signIn.returnPath}#sign-in=${admitted.handOver}` };
  }

  async redeem(handOver: string, browser: string | null, address: string): Promise<SignedInPerson | Refusal> {
    if (!this.provider) return off;
    const crowd = await this.refusals.admit(address);
    if (crowd) return crowd;
    const answer = await this.signIns.redeem(handOver, browser);
    if ('code' in answer) return this.refusals.record('hand-over', answer);
    await this.refusals.forgive(address);
    return answer;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
