import type { EntityManager } from 'typeorm';
import type { CheckStatus } from '../../evaluation/check.js';

/** One attempt at a candidate and what came of it. */
export interface AttemptRecord {
  /** Of the request it was made for. */
  readonly requestId: string;
  readonly reference: string;
  readonly attempt: number;
  readonly mechanismHash: string;
  readonly seed: string;
  /** By the program; otherwise the operator chose the seed. */
  readonly isDrawn: boolean;
  /** Why another candidate was needed; null for the first one. */
  readonly reason: string | null;
  readonly startedAt: Date;
  /** Null: the generation has not ended with a candidate. */
  readonly candidateHash: string | null;
  /** Of the checks that ran last; null: none have. */
  readonly outcome: CheckStatus | null;
  /** Names, in alphabetical order, of whatever failed in any run of its checks. */
  readonly failedChecks: readonly string[];
}

interface AttemptRow extends AttemptRecord {
  /** The request whose history it belongs to. */
  readonly ofId: string;
}

/**
 * Of each request all attempts, oldest first. Of tier HIGH those that the same mechanisms made for other requests
 * belong to it: a request that is withdrawn and drafted anew does not begin anew.
 */
export async function attemptsOf(
  manager: EntityManager,
  requestIds: readonly string[],
): Promise<AttemptRow[]> {
  return manager.query<AttemptRow[]>(
    `SELECT own.id AS "ofId", made.request_id AS "requestId", other.reference, made.attempt,
       made.mechanism_hash AS "mechanismHash", made.seed, made.is_drawn AS "isDrawn", made.reason,
       made.started_at AS "startedAt", candidate.hash AS "candidateHash",
       (SELECT outcome FROM evaluation
        WHERE request_id = made.request_id AND candidate_hash = candidate.hash
        ORDER BY evaluated_at DESC LIMIT 1) AS outcome,
       ARRAY(SELECT DISTINCT checked ->> 'name' FROM evaluation, jsonb_array_elements(checks) AS checked
             WHERE request_id = made.request_id AND candidate_hash = candidate.hash
               AND checked ->> 'status' = 'fail' ORDER BY 1) AS "failedChecks"
     FROM request AS own
     JOIN generation_attempt AS made ON made.request_id = own.id
       OR (own.tier = 'HIGH' AND made.mechanism_hash IN
           (SELECT mechanism_hash FROM generation_attempt WHERE request_id = own.id))
     JOIN request AS other ON other.id = made.request_id
     LEFT JOIN candidate ON candidate.request_id = made.request_id AND candidate.attempt = made.attempt
     WHERE own.id = ANY ($1)
     ORDER BY made.started_at, other.reference, made.attempt`,
    [requestIds],
  );
}
