import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Tier } from '../../generators/generator.js';
import type { Clock } from '../../core/time/clock.js';
import { holdOffFreezes, isFrozen } from '../freeze/index.js';
import { CLOCK, type Refusal, refusal } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { type AccessFacts, refuseAccess } from './access.rules.js';
import { liveStates } from './live-grants.js';

interface ReleaseRow {
  readonly id: string;
  readonly tier: Tier;
  readonly request_state: string;
  readonly grant_state: string | null;
  readonly ends_at: Date | null;
}

type Standing = Pick<AccessFacts['person'], 'licenceIsCurrent' | 'trainingEndsAt' | 'isBlocked'>;

/** Puts the one predicate to the records. Listing, showing and downloading all ask here. */
@Injectable()
export class ReleaseAccess {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  /** Of these releases, those the person has access to. */
  async accessible(
    manager: EntityManager,
    personId: string,
    releaseIds: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const refusals = await this.refusals(manager, personId, { releaseIds, isIntact: true });
    return new Set(releaseIds.filter((id) => refusals.get(id) === null));
  }

  /**
   * For a download, whose bytes were looked at. Locks what the answer rests on: a suspension that commits first is
   * seen, one that comes later waits for the end of this transaction.
   */
  async refuseDownload(
    manager: EntityManager,
    personId: string,
    { releaseId, isIntact }: { readonly releaseId: string; readonly isIntact: boolean },
  ): Promise<Refusal | null> {
    // Changed bytes suspend the release, for which the share would not be enough.
    await manager.query(
      `SELECT 1 FROM request WHERE id = (SELECT request_id FROM release WHERE id = $1)
       FOR ${isIntact ? 'SHARE' : 'UPDATE'}`,
      [releaseId],
    );
    await manager.query(
      'SELECT 1 FROM access_grant WHERE release_id = $1 AND person_id = $2 ORDER BY id FOR SHARE',
      [releaseId, personId],
    );
    await holdOffFreezes(manager);
    const refusals = await this.refusals(manager, personId, { releaseIds: [releaseId], isIntact });
    return refusals.get(releaseId) ?? null;
  }

  private async refusals(
    manager: EntityManager,
    personId: string,
    { releaseIds, isIntact }: { readonly releaseIds: readonly string[]; readonly isIntact: boolean },
  ): Promise<ReadonlyMap<string, Refusal | null>> {
    const rows = await manager.query<ReleaseRow[]>(
      `SELECT release.id, release.tier, request.state AS request_state, live.state AS grant_state, live.ends_at
       FROM release JOIN request ON request.id = release.request_id
       LEFT JOIN access_grant live
         ON live.release_id = release.id AND live.person_id = $1 AND live.state = ANY ($3)
       WHERE release.id = ANY ($2)`,
      [personId, releaseIds, liveStates],
    );
    const common = {
      standing: await this.standing(manager, personId),
      isFrozen: await isFrozen(manager),
      isIntact,
    };
    const now = this.clock.now();
    const found = new Map(rows.map((row) => [row.id, refuseAccess(factsOf(row, common), now)]));
    const unknown = refusal('NOT_FOUND', 'There is no such release.');
    return new Map(releaseIds.map((id) => [id, found.has(id) ? (found.get(id) ?? null) : unknown]));
  }

  private async standing(manager: EntityManager, personId: string): Promise<Standing> {
    const [row] = await manager.query<
      { licence_is_current: boolean; training_ends_at: Date | null; is_blocked: boolean }[]
    >(
      `SELECT EXISTS (SELECT 1 FROM licence_acceptance WHERE person_id = $1 AND licence_hash = $2) AS licence_is_current,
              (SELECT max(expires_at) FROM training WHERE person_id = $1 AND is_accepted) AS training_ends_at,
              EXISTS (SELECT 1 FROM access_block WHERE person_id = $1 AND lifted_at IS NULL) AS is_blocked`,
      [personId, this.policy.licence.hash],
    );
    return {
      licenceIsCurrent: row?.licence_is_current ?? false,
      trainingEndsAt: row?.training_ends_at ?? null,
      isBlocked: row?.is_blocked ?? true,
    };
  }
}

const factsOf = (
  row: ReleaseRow,
  { standing, isFrozen, isIntact }: { standing: Standing; isFrozen: boolean; isIntact: boolean },
): AccessFacts => ({
  isFrozen,
  release: { tier: row.tier, requestState: row.request_state, isIntact },
  person: {
    ...standing,
    grant: row.grant_state === null ? null : { state: row.grant_state, endsAt: row.ends_at },
  },
});
