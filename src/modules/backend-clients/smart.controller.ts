import { Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { clientAddress, CONFIG, type Config, Public } from '../platform/index.js';
import { BackendTokens } from './backend-tokens.service.js';
import { readForm } from './read-form.js';
import { TokenRefusal } from './token-refusal.js';
import { readTokenRequest, scopes } from './token-request.rules.js';
import { algorithms } from './verify-assertion.js';

const tokenPath = '/smart/token';

/** SMART Backend Services (SMART App Launch 2.2): where a program finds out how to sign in, and does. */
@Controller()
export class SmartController {
  constructor(
    private readonly tokens: BackendTokens,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The same for every release, there or not: it says nothing of which there are. */
  @Get('releases/:id/fhir/.well-known/smart-configuration')
  @Public()
  configuration(
    @Param('id', ParseUUIDPipe) _: string,
    @Req() request: Request,
    @Res() response: Response,
  ): void {
    const endpoint = this.endpoint(request);
    if (endpoint === null) {
      response.status(404).end();
      return;
    }
    response.type('application/json').send(
      JSON.stringify({
        token_endpoint: endpoint,
        token_endpoint_auth_methods_supported: ['private_key_jwt'],
        token_endpoint_auth_signing_alg_values_supported: algorithms,
        grant_types_supported: ['client_credentials'],
        scopes_supported: scopes,
        capabilities: ['client-confidential-asymmetric', 'permission-v1', 'permission-v2'],
      }),
    );
  }

  @Post('smart/token')
  @HttpCode(200)
  @Public()
  async token(@Req() request: Request, @Res() response: Response): Promise<void> {
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Pragma', 'no-cache');
    try {
      const asked = readTokenRequest(await readForm(request));
      const audience = this.endpoint(request);
      if (audience === null)
        throw new TokenRefusal('invalid_request', 'This service has no public URL in its settings.');
      const { token, seconds } = await this.tokens.issue(asked, {
        audience,
        address: clientAddress(request),
      });
      response.json({ access_token: token, token_type: 'bearer', expires_in: seconds, scope: asked.scope });
    } catch (error) {
      if (!(error instanceof TokenRefusal)) throw error;
      response.status(error.status).json({ error: error.code, error_description: error.message });
    }
  }

  /**
   * What an assertion has to be made out for. By the settings: if callers could choose the name of the host, an assertion for another
   * service would do here. In demo mode everybody who calls is on this machine.
   */
  private endpoint(request: Request): string | null {
    const { publicUrl } = this.config.http;
    if (publicUrl !== undefined) return publicUrl + tokenPath;
    if (this.config.mode !== 'demo') return null;
    return `${request.protocol}://${request.get('host') ?? ''}${tokenPath}`;
  }
}
