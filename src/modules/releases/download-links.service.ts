import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import {
  CLOCK,
  idOfSecretToken,
  isSecretOf,
  makeSecretToken,
  type Refusal,
  refusal,
  Transactions,
} from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { DownloadLink, IssuedLink } from './download-link.entity.js';
import { DownloadGate } from './download-gate.js';
import { Release } from './release.entity.js';

const msPerMinute = 60_000;
const unknownLink = refusal('NOT_FOUND', 'There is no such link, or not for you.');

/** Hands out links and takes them back. A link is no right: what opens a file is asked again when it is used. */
@Injectable()
export class DownloadLinks {
  constructor(
    private readonly transactions: Transactions,
    private readonly gate: DownloadGate,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  issue(actor: Actor, releaseId: string, name: string): Promise<IssuedLink | Refusal> {
    return this.transactions.run(async (manager) => {
      const release = await manager.findOneBy(Release, { id: releaseId });
      const file = release?.files.find((one) => one.name === name);
      const refused = await this.gate.refuse(manager, actor, { release, file, isIntact: true });
      const issued = release && !refused ? await this.save(manager, actor, { release, file: name }) : null;
      await this.audit.record(manager, {
        actor,
        action: 'issue-download-link',
        subjectType: 'Release',
        subjectId: release?.id ?? null,
        refusal: refused,
        details: { file: file?.name ?? null, link: issued?.id ?? null },
      });
      return refused ?? issued?.link ?? unknownLink;
    });
  }

  /** The link behind a token, whoever brings it; null when there is none. */
  async find(token: string): Promise<DownloadLink | null> {
    const id = idOfSecretToken(token);
    const found = id === null ? null : await this.transactions.reader.findOneBy(DownloadLink, { id });
    return isSecretOf(token, found?.secretHash ?? null) ? found : null;
  }

  /** Of many at once one gets null; a link is spent by the try, whether or not it gets the file. */
  async spend(manager: EntityManager, link: DownloadLink | null): Promise<Refusal | null> {
    if (!link) return unknownLink;
    const now = this.clock.now();
    const [spent] = await manager.query<[unknown[], number]>(
      'UPDATE download_link SET spent_at = $2 WHERE id = $1 AND spent_at IS NULL AND expires_at > $2 RETURNING id',
      [link.id, now],
    );
    return spent.length === 1 ? null : refusal('LINK_SPENT', 'This link was used, or has expired.');
  }

  private async save(
    manager: EntityManager,
    actor: Actor,
    { release, file }: { readonly release: Release; readonly file: string },
  ): Promise<{ id: string; link: IssuedLink }> {
    const { id, token, secretHash } = makeSecretToken();
    const issuedAt = this.clock.now();
    const expiresAt = new Date(issuedAt.getTime() + this.policy.access.linkMinutes * msPerMinute);
    const kept = { releaseId: release.id, personId: actor.id, file, issuedAt, expiresAt };
    await manager.insert(DownloadLink, { id, secretHash, ...kept });
    return { id, link: new IssuedLink(`/downloads/${token}`, expiresAt) };
  }
}
