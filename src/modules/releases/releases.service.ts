import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Actor } from '../identity/index.js';
import { Transactions } from '../platform/index.js';
import { ReleaseRequest } from '../requests/index.js';
import { ReleaseEvidence } from './release-evidence.entity.js';
import { Release } from './release.entity.js';
import { isReadable } from './release.rules.js';

const listMax = 200;

@Injectable()
export class ReleasesService {
  constructor(private readonly transactions: Transactions) {}

  /** Newest first: those this person may see. */
  async list(actor: Actor): Promise<Release[]> {
    const where = actor.may('read', new Release()) ? {} : { requesterId: actor.id };
    return this.readable(
      await this.transactions.reader.find(Release, { where, order: { publishedAt: 'DESC' }, take: listMax }),
    );
  }

  async ofRequest(actor: Actor, requestId: string): Promise<Release | null> {
    const release = await this.transactions.reader.findOneBy(Release, { requestId });
    if (!release || !actor.may('read', release)) return null;
    const [readable] = await this.readable([release]);
    return readable ?? null;
  }

  private async readable(releases: readonly Release[]): Promise<Release[]> {
    const ids = releases.map(({ requestId }) => requestId);
    const requests = await this.transactions.reader.find(ReleaseRequest, {
      select: { id: true, state: true },
      where: { id: In(ids) },
    });
    const open = new Set(requests.filter(({ state }) => isReadable(state)).map(({ id }) => id));
    return releases.filter(({ requestId }) => open.has(requestId));
  }

  evidenceOf(releaseId: string): Promise<ReleaseEvidence | null> {
    return this.transactions.reader.findOneBy(ReleaseEvidence, { releaseId });
  }
}
