import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import type { PackageFile } from '../generation/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, type Refusal } from '../platform/index.js';
import { Download } from './download.entity.js';
import type { Release } from './release.entity.js';

/** Who got what, and who was refused. */
@Injectable()
export class DownloadRecords {
  constructor(
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async keep(manager: EntityManager, actor: Actor, attempt: Attempt): Promise<void> {
    const { release, file, linkId, refused } = attempt;
    if (release && file && !refused) {
      await manager.insert(Download, {
        releaseId: release.id,
        personId: actor.id,
        file: file.name,
        downloadedAt: this.clock.now(),
      });
    }
    await this.audit.record(manager, {
      actor,
      action: 'download-file',
      subjectType: 'Release',
      subjectId: release?.id ?? null,
      refusal: refused,
      details: {
        file: file?.name ?? null,
        sha256: file?.sha256 ?? null,
        ...(linkId === undefined ? {} : { link: linkId }),
      },
    });
  }
}

interface Attempt {
  readonly release: Release | null;
  readonly file: PackageFile | undefined;
  readonly linkId: string | null | undefined;
  readonly refused: Refusal | null;
}
