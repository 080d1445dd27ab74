import type { EntityManager } from 'typeorm';
import { type Likeness, likenesses, participantsOf } from '../identity/index.js';
import type { AccessGrant } from './grant.entity.js';

/** Of applicant, referee, colleagues, the team of the release and who judges: who may be one human with two addresses. */
export async function alikeInGrant(
  manager: EntityManager,
  grant: AccessGrant,
  judgeId: string | null,
): Promise<Likeness[]> {
  const [row] = await manager.query<{ requester_id: string; member_ids: string[] }[]>(
    `SELECT requester_id, member_ids FROM request
     WHERE id = (SELECT request_id FROM release WHERE release.id = $1)`,
    [grant.releaseId],
  );
  const known = await participantsOf(manager, [
    ['applicant', grant.personId],
    ['judge', judgeId === grant.personId ? null : judgeId],
    ['requester', row?.requester_id ?? null],
    ...(row?.member_ids ?? []).map((id) => ['member', id] as const),
  ]);
  const nobody = { personId: null, name: '' };
  return likenesses([
    ...known.map((one) =>
      one.part === 'applicant' ? { ...one, emails: [...one.emails, grant.institutionalEmail] } : one,
    ),
    { ...nobody, part: 'referee', name: grant.refereeName, emails: [grant.refereeEmail] },
    ...grant.teamEmails.map((email) => ({ ...nobody, part: 'colleague', emails: [email] })),
  ]);
}
