import type { EntityManager } from 'typeorm';
import {
  type Likeness,
  likenesses,
  type Participant,
  participantsOf,
  type Parts,
} from '../identity/index.js';
import type { AccessGrant } from './grant.entity.js';
import { type ReleaseTeam, teamsOfReleases } from './release-teams.js';

/** Of applicant, referee, colleagues, the team of the release and who judges: who may be one human with two addresses. */
export async function alikeInGrant(
  manager: EntityManager,
  grant: AccessGrant,
  judgeId: string | null,
): Promise<Likeness[]> {
  const teams = await teamsOfReleases(manager, [grant.releaseId]);
  const parts = partsInGrant(grant, teams.get(grant.releaseId) ?? null, judgeId);
  return alikeAmong(grant, await participantsOf(manager, parts));
}

/** Those with an account. */
export function partsInGrant(grant: AccessGrant, team: ReleaseTeam | null, judgeId: string | null): Parts {
  return [
    ['applicant', grant.personId],
    ['judge', judgeId === grant.personId ? null : judgeId],
    ['requester', team?.requesterId ?? null],
    ...(team?.memberIds ?? []).map((id) => ['member', id] as const),
  ];
}

export function alikeAmong(grant: AccessGrant, known: readonly Participant[]): Likeness[] {
  const nobody = { personId: null, name: '' };
  return likenesses([
    ...known.map((one) =>
      one.part === 'applicant' ? { ...one, emails: [...one.emails, grant.institutionalEmail] } : one,
    ),
    { ...nobody, part: 'referee', name: grant.refereeName, emails: [grant.refereeEmail] },
    ...grant.teamEmails.map((email) => ({ ...nobody, part: 'colleague', emails: [email] })),
  ]);
}
