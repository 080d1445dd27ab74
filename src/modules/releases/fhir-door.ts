import { Inject, Injectable } from '@nestjs/common';
import { ReleaseAccess } from '../access/index.js';
import type { Actor } from '../identity/index.js';
import { type Refusal, refusal, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { Release } from './release.entity.js';
import { isOpenByRole } from './release-role.js';

const unknownRelease = refusal('NOT_FOUND', 'There is no such release.');
const notPublished = refusal('NOT_PERMITTED', 'This release is not published (any longer).');
const backendNeeded = refusal(
  'LINK_NEEDED',
  'As FHIR this release is given to programs that sign with their key; its files are given out by links for one use.',
);

/** Who gets a release as FHIR: by policy whoever may download it, or programs alone that signed with their key. */
@Injectable()
export class FhirDoor {
  constructor(
    private readonly transactions: Transactions,
    private readonly access: ReleaseAccess,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  /** The release, for those who may have it as FHIR now. */
  async find(actor: Actor, id: string): Promise<Release | Refusal> {
    const { reader } = this.transactions;
    const release = await reader.findOneBy(Release, { id });
    if (!release || !isOpenByRole(actor, 'read', release)) return unknownRelease;
    const isOpen = (await this.access.accessible(reader, actor.id, [id])).has(id);
    // Whoever has no access to a release of tier HIGH is not told that it is there.
    if (!isOpen) return release.tier === 'HIGH' ? unknownRelease : notPublished;
    return this.refuse(actor, release) ?? release;
  }

  /** By what the caller signed in with, not by who they are. */
  refuse({ isBackend }: Actor, { tier }: Release): Refusal | null {
    return this.policy.access.fhirDoor[tier] === 'SIGN_IN' || isBackend ? null : backendNeeded;
  }
}
