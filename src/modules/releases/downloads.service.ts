import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import type { PackageFile } from '../generation/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, type Refusal, refusal, ReleaseRoot, Transactions } from '../platform/index.js';
import { ReleaseRequest } from '../requests/index.js';
import { Download } from './download.entity.js';
import { Release } from './release.entity.js';
import { isReadable } from './release.rules.js';

export interface OpenDownload {
  readonly file: PackageFile;
  readonly stream: Readable;
}

/** Every download is asked about anew, bytes included, and is on record, refused or not. */
@Injectable()
export class DownloadsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly root: ReleaseRoot,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async open(actor: Actor, id: string, name: string): Promise<OpenDownload | Refusal> {
    const release = await this.transactions.reader.findOneBy(Release, { id });
    const file = release?.files.find((one) => one.name === name);
    // Before the transaction: hashing a large file must not hold it open.
    const isIntact = release && file ? await this.root.isIntact(release.folder, file) : false;
    const refused = await this.transactions.run(async (manager) => {
      const why = await this.refuse(manager, actor, { release, file, isIntact });
      if (!why && release && file) await this.keep(manager, actor, release, file);
      await this.audit.record(manager, {
        actor,
        action: 'download-file',
        subjectType: 'Release',
        subjectId: release?.id ?? null,
        refusal: why,
        details: { file: file?.name ?? null, sha256: file?.sha256 ?? null },
      });
      return why;
    });
    if (refused || !release || !file) return refused ?? refusal('NOT_FOUND', 'There is no such file.');
    return { file, stream: this.root.open(release.folder, file.name) };
  }

  private async refuse(manager: EntityManager, actor: Actor, asked: Asked): Promise<Refusal | null> {
    const { release, file, isIntact } = asked;
    if (!release) return refusal('NOT_FOUND', 'There is no such release.');
    const refused = actor.refuse('download', release);
    if (refused) return refused;
    // Locked: a suspension that commits first is seen, one that comes later waits for this record.
    const request = await manager.findOneOrFail(ReleaseRequest, {
      where: { id: release.requestId },
      lock: { mode: 'pessimistic_read' },
    });
    if (!isReadable(request.state))
      return refusal('NOT_PERMITTED', 'This release is not published (any longer).');
    if (!file) return refusal('NOT_FOUND', 'The release has no such file.');
    if (isIntact) return null;
    return refusal('CANDIDATE_CHANGED', 'The released file is not what was approved; it is not served.');
  }

  private async keep(
    manager: EntityManager,
    actor: Actor,
    release: Release,
    file: PackageFile,
  ): Promise<void> {
    await manager.insert(Download, {
      releaseId: release.id,
      personId: actor.id,
      file: file.name,
      downloadedAt: this.clock.now(),
    });
  }
}

interface Asked {
  readonly release: Release | null;
  readonly file: PackageFile | undefined;
  readonly isIntact: boolean;
}
