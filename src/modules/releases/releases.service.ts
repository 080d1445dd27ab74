import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { ReleaseAccess } from '../access/index.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { Transactions } from '../platform/index.js';
import { ReleaseEvidence } from './release-evidence.entity.js';
import { Release } from './release.entity.js';
import { isOpenByRole } from './release-role.js';

const listMax = 200;

/** Shows releases to those who have access; who was shown one of tier HIGH is on record. */
@Injectable()
export class ReleasesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly access: ReleaseAccess,
    private readonly audit: AuditService,
  ) {}

  /** Newest first: those this person may see. */
  async list(actor: Actor): Promise<Release[]> {
    const query = this.transactions.reader.createQueryBuilder(Release, 'release');
    // What cannot pass is left out before the limit; whether the rest does is asked below.
    const mayHave = `release.tier = 'HIGH' AND EXISTS
      (SELECT 1 FROM access_grant WHERE release_id = release.id AND person_id = :personId)`;
    const own = actor.may('read', new Release()) ? 'true' : 'release.requesterId = :personId';
    const found = await query
      .where(`(release.tier <> 'HIGH' AND ${own}) OR (${mayHave})`, { personId: actor.id })
      .orderBy('release.publishedAt', 'DESC')
      .limit(listMax)
      .getMany();
    const shown = await this.readable(actor, found);
    await this.record(actor, 'list-releases', shown);
    return shown;
  }

  /** Null also when this person has no access. */
  async find(actor: Actor, id: string): Promise<Release | null> {
    return this.show(actor, await this.transactions.reader.findOneBy(Release, { id }));
  }

  /** By request; who was shown which is one event for all of them. */
  async ofRequests(actor: Actor, requestIds: readonly string[]): Promise<ReadonlyMap<string, Release>> {
    const found = await this.transactions.reader.findBy(Release, { requestId: In([...requestIds]) });
    const shown = await this.readable(actor, found);
    await this.record(actor, shown.length === 1 ? 'read-release' : 'list-releases', shown);
    return new Map(shown.map((release) => [release.requestId, release]));
  }

  private async show(actor: Actor, release: Release | null): Promise<Release | null> {
    const [shown] = await this.readable(actor, release ? [release] : []);
    await this.record(actor, 'read-release', shown ? [shown] : []);
    return shown ?? null;
  }

  private async readable(actor: Actor, releases: readonly Release[]): Promise<Release[]> {
    const byRole = releases.filter((release) => isOpenByRole(actor, 'read', release));
    const ids = byRole.map(({ id }) => id);
    const open = await this.access.accessible(this.transactions.reader, actor.id, ids);
    return byRole.filter(({ id }) => open.has(id));
  }

  private async record(actor: Actor, action: string, shown: readonly Release[]): Promise<void> {
    const high = shown.filter(({ tier }) => tier === 'HIGH').map(({ id }) => id);
    if (high.length === 0) return;
    const isOne = action === 'read-release';
    await this.audit.recordAlone({
      actor,
      action,
      subjectType: 'Release',
      subjectId: isOne ? (high[0] ?? null) : null,
      details: isOne ? {} : { releases: high },
    });
  }

  /** For whoever may read impact assessments: the audit team, information governance and auditors. */
  async evidenceOfRequest(actor: Actor, requestId: string): Promise<ReleaseEvidence | null> {
    if (!actor.mayEver('read', 'Assessment')) return null;
    const release = await this.transactions.reader.findOneBy(Release, { requestId });
    return release && this.evidenceOf(actor, release.id);
  }

  /** Its figures were worked out on real rows, without noise: whoever has the release gets the hash of them. */
  async evidenceOf(actor: Actor, releaseId: string): Promise<ReleaseEvidence | null> {
    const found = await this.transactions.reader.findOneBy(ReleaseEvidence, { releaseId });
    if (found && !actor.mayEver('read', 'Assessment')) found.content = null;
    return found;
  }
}
