import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { ReleaseAccess } from '../access/index.js';
import type { PackageFile } from '../generation/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, type Refusal, refusal } from '../platform/index.js';
import { RequestCommands, suspensionBySystem } from '../requests/index.js';
import type { Release } from './release.entity.js';
import { isOpenByRole } from './release-role.js';

export interface AskedFile {
  readonly release: Release | null;
  readonly file: PackageFile | undefined;
  /** Are the bytes those that were approved? */
  readonly isIntact: boolean;
}

/** What opens a file, asked when a link is made and again when a file is taken. */
@Injectable()
export class DownloadGate {
  constructor(
    private readonly access: ReleaseAccess,
    private readonly commands: RequestCommands,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async refuse(
    manager: EntityManager,
    actor: Actor,
    { release, file, isIntact }: AskedFile,
  ): Promise<Refusal | null> {
    if (!release) return refusal('NOT_FOUND', 'There is no such release.');
    if (!isOpenByRole(actor, 'download', release)) {
      return actor.refuse('download', release) ?? refusal('NOT_PERMITTED', 'This release is not for you.');
    }
    const { id: releaseId } = release;
    // A file that is not there has no bytes that could differ.
    const asked = { releaseId, isIntact: isIntact || !file };
    const refused = await this.access.refuseDownload(manager, actor.id, asked);
    if (refused?.code === 'CANDIDATE_CHANGED') await this.suspend(manager, release, file?.name ?? '');
    return refused ?? (file ? null : refusal('NOT_FOUND', 'The release has no such file.'));
  }

  /** What is known to be changed is shown and listed no longer either. */
  private async suspend(manager: EntityManager, { requestId }: Release, file: string): Promise<void> {
    const reason = `The bytes of "${file}" are not those that were approved.`;
    const step = suspensionBySystem(reason, this.clock.now());
    await this.commands.carryOutAsSystem(manager, requestId, step);
  }
}
