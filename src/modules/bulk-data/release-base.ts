import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { CONFIG, type Config } from '../platform/index.js';

/** Addresses of the FHIR faces of releases. */
@Injectable()
export class ReleaseBase {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /**
   * Without a slash at its end. By the settings where they say it: clients bring their tokens wherever a manifest sends them, so
   * nobody in between is to choose the host. Else as the caller reached it.
   */
  of(request: Request, releaseId: string): string {
    const origin =
      this.config.http.publicUrl ?? `${request.protocol}://${request.get('host') ?? 'localhost'}`;
    return `${origin}/releases/${releaseId}/fhir`;
  }
}
