import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { clientAddress, CONFIG, type Config, Public, type Refusal, sendProblem } from '../platform/index.js';
import { BrowserCookie } from './browser-cookie.js';
import { OidcService } from './oidc.service.js';

const statuses: Readonly<Partial<Record<Refusal['code'], number>>> = {
  NOT_FOUND: 404,
  BAD_PARAMETERS: 400,
  RATE_LIMITED: 429,
  NOT_RUNNING: 503,
  WRONG_CREDENTIALS: 401,
};

@Controller('sign-in/oidc')
export class OidcController {
  private readonly cookie: BrowserCookie;

  constructor(
    private readonly oidc: OidcService,
    @Inject(CONFIG) config: Config,
  ) {
    this.cookie = new BrowserCookie(config.oidc?.publicUrl ?? '');
  }

  /** Sends the browser to the identity provider. */
  @Get()
  @Public()
  async begin(
    @Query('returnTo') returnTo: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const asked = returnTo === undefined ? '/' : typeof returnTo === 'string' ? returnTo : '';
    const answer = await this.oidc.begin(asked, clientAddress(request));
    if ('code' in answer) {
      refuse(response, answer);
      return;
    }
    response.setHeader('Set-Cookie', this.cookie.set(answer.browser));
    redirect(response, answer.url.href);
  }

  /** Where the identity provider sends it back to. */
  @Get('callback')
  @Public()
  async comeBack(@Req() request: Request, @Res() response: Response): Promise<void> {
    const at = request.originalUrl.indexOf('?');
    const query = at < 0 ? '' : request.originalUrl.slice(at);
    const answer = await this.oidc.comeBack(
      query,
      this.cookie.in(request.headers.cookie),
      clientAddress(request),
    );
    if ('code' in answer) refuse(response, answer);
    else redirect(response, answer.url);
  }
}

/** What it leads to is for this browser and this moment. */
function redirect(response: Response, url: string): void {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.redirect(302, url);
}

function refuse(response: Response, { code, message }: Refusal): void {
  sendProblem(response, { status: statuses[code] ?? 403, title: 'Not signed in', detail: message, code });
}
