import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Inject } from '@nestjs/common';
import type { Request } from 'express';
import { type Session, SessionResult, toSessionResult } from '../identity/index.js';
import { clientAddress, CONFIG, type Config, Public, type RefusalType } from '../platform/index.js';
import { BrowserCookie } from './browser-cookie.js';
import { OidcService } from './oidc.service.js';

@Resolver()
export class OidcResolver {
  private readonly cookie: BrowserCookie;

  constructor(
    private readonly oidc: OidcService,
    @Inject(CONFIG) config: Config,
  ) {
    this.cookie = new BrowserCookie(config.oidc?.publicUrl ?? '');
  }

  @Mutation(() => SessionResult, {
    description:
      'Exchange the code that came with the return from the identity provider, once, for a session.',
  })
  @Public()
  async completeSignIn(
    @Args('code', { type: () => String }) code: string,
    @Context() { req }: { req: Request },
  ): Promise<Session | RefusalType> {
    const browser = this.cookie.in(req.headers.cookie);
    return toSessionResult(await this.oidc.redeem(code, browser, clientAddress(req)));
  }
}
