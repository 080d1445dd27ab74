import type { EntityManager } from 'typeorm';
import type { ReleaseRequest } from '../requests/index.js';
import type { Approval } from './identities.rules.js';

/**
 * The approvals of the request's candidate in this round that were given after `since` and that the audit chain bears
 * out: a decision for which there is no event of its own, between it and that person's next one, is none.
 */
export function recordedApprovals(
  manager: EntityManager,
  { id, reviewRound, candidateHash }: Pick<ReleaseRequest, 'id' | 'reviewRound' | 'candidateHash'>,
  since: Date,
): Promise<Approval[]> {
  return manager.query<Approval[]>(
    `SELECT person_id AS "personId", on_behalf_of_id AS "onBehalfOfId"
     FROM decision AS approval
     WHERE request_id = $1 AND review_round = $2 AND candidate_hash = $3 AND command = 'approve' AND decided_at > $4
       AND EXISTS (
         SELECT FROM audit_event AS event
         WHERE event.subject_type = 'Request' AND event.subject_id = approval.request_id::text
           AND event.action = 'approve-request' AND event.outcome = 'done'
           AND event.actor_id = approval.person_id
           AND event.details ->> 'candidateHash' = approval.candidate_hash
           AND event.at >= approval.decided_at
           AND NOT EXISTS (
             SELECT FROM decision AS later
             WHERE later.request_id = approval.request_id AND later.person_id = approval.person_id
               AND later.command = 'approve' AND later.decided_at > approval.decided_at
               AND later.decided_at <= event.at))`,
    [id, reviewRound, candidateHash, since],
  );
}
