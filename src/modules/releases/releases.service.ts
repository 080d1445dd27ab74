import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/index.js';
import type { PackageFile } from '../generation/index.js';
import type { Actor } from '../identity/index.js';
import { Jobs, type Refusal, refusal, ReleaseRoot, Transactions } from '../platform/index.js';
import { ReleaseRequest, RequestCommands } from '../requests/index.js';
import { Release } from './release.entity.js';
import { isReadable } from './release.rules.js';

export interface OpenDownload {
  readonly file: PackageFile;
  readonly stream: Readable;
}

const listMax = 200;

@Injectable()
export class ReleasesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly root: ReleaseRoot,
    private readonly audit: AuditService,
    private readonly commands: RequestCommands,
    private readonly jobs: Jobs,
  ) {}

  /** Newest first: those this person may see. */
  async list(actor: Actor): Promise<Release[]> {
    const where = actor.may('read', new Release()) ? {} : { requesterId: actor.id };
    const found = await this.transactions.reader.find(Release, {
      where,
      order: { publishedAt: 'DESC' },
      take: listMax,
    });
    const readable = await Promise.all(found.map((release) => this.isReadable(release)));
    return found.filter((_, index) => readable[index]);
  }

  async ofRequest(actor: Actor, requestId: string): Promise<Release | null> {
    const release = await this.transactions.reader.findOneBy(Release, { requestId });
    return release && actor.may('read', release) && (await this.isReadable(release)) ? release : null;
  }

  /** Every download is asked about anew, bytes included, and is on record, refused or not. */
  async download(actor: Actor, id: string, name: string): Promise<OpenDownload | Refusal> {
    const release = await this.transactions.reader.findOneBy(Release, { id });
    const file = release?.files.find((one) => one.name === name);
    const refused = await this.refuseDownload(actor, release, file);
    await this.audit.recordAlone({
      actor,
      action: 'download-file',
      subjectType: 'Release',
      subjectId: release?.id ?? null,
      refusal: refused,
      details: { file: file?.name ?? null, sha256: file?.sha256 ?? null },
    });
    if (refused || !release || !file) return refused ?? refusal('NOT_FOUND', 'There is no such file.');
    return { file, stream: this.root.open(release.folder, file.name) };
  }

  /** Asks again for a publication that did not come about. */
  askAgain(actor: Actor, id: string): Promise<ReleaseRequest | Refusal> {
    return this.transactions.run(async (manager) => {
      const request = await manager.findOne(ReleaseRequest, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!request) return refusal('NOT_FOUND', 'There is no such request.', id);
      const latest = await this.jobs.latestFor(manager, id);
      const refused =
        actor.refuse('publish', request) ??
        this.commands.refuseNow('publish', request, actor.id) ??
        (latest?.finishedAt ? null : refusal('WRONG_STATE', 'The publication is under way already.'));
      if (!refused) await this.jobs.enqueue(manager, 'publish', id);
      await this.audit.record(manager, {
        actor,
        action: 'ask-for-publication',
        subjectType: 'Request',
        subjectId: id,
        refusal: refused,
      });
      return refused ?? request;
    });
  }

  private async isReadable({ requestId }: Release): Promise<boolean> {
    const { state } = await this.transactions.reader.findOneByOrFail(ReleaseRequest, { id: requestId });
    return isReadable(state);
  }

  private async refuseDownload(
    actor: Actor,
    release: Release | null,
    file: PackageFile | undefined,
  ): Promise<Refusal | null> {
    if (!release) return refusal('NOT_FOUND', 'There is no such release.');
    const refused = actor.refuse('download', release);
    if (refused) return refused;
    if (!(await this.isReadable(release)))
      return refusal('NOT_PERMITTED', 'This release is not published (any longer).');
    if (!file) return refusal('NOT_FOUND', 'The release has no such file.');
    if (await this.root.isIntact(release.folder, file)) return null;
    return refusal('CANDIDATE_CHANGED', 'The released file is not what was approved; it is not served.');
  }
}
