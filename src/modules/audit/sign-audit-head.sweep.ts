import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Config, CONFIG, type Sweep } from '../platform/index.js';
import { AuditHeads } from './audit-heads.service.js';
import { AuditService } from './audit.service.js';

/** Once a day the end of the chain is signed and written down outside the database. */
@Injectable()
export class SignAuditHead implements Sweep {
  readonly name = 'sign-audit-head';
  private readonly heads: AuditHeads;

  constructor(audit: AuditService, @Inject(CONFIG) config: Config) {
    this.heads = new AuditHeads(audit, config.home);
  }

  async run(manager: EntityManager, now: Date): Promise<number> {
    return (await this.heads.signDaily(manager, now)) ? 1 : 0;
  }
}
