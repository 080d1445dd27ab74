import type { Actor } from '../../src/modules/identity/actor.js';
import type { ReleaseRequest } from '../../src/modules/requests/index.js';
import { requestTransitions, terminalStates } from '../../src/modules/requests/request.state.js';
import type { WalkScene } from './walk-scene.js';

export interface Step {
  readonly request: ReleaseRequest;
  readonly before: string;
  readonly name: string;
  /** Null: the worker. */
  readonly person: Actor | null;
}

interface Evidence {
  /** Who approved, and in whose stead. */
  readonly approvals: { readonly person: string; readonly delegator: string | null }[];
  readonly recused: string[];
  readonly took_part: string[];
  readonly outcome: string | null;
  readonly ran: string[] | null;
  readonly failed: string[] | null;
  readonly waived: string[];
  readonly policy_hash: string | null;
}

/** Read from the decisions, evaluations and waivers alone: what the request says of itself does not count. */
const evidenceSql = `
  SELECT
    (SELECT coalesce(jsonb_agg(jsonb_build_object('person', person_id, 'delegator', on_behalf_of_id)), '[]')
       FROM decision WHERE request_id = r.id AND review_round = r.review_round
         AND command = 'approve' AND candidate_hash = r.candidate_hash) AS approvals,
    ARRAY(SELECT person_id::text FROM conflict_of_interest WHERE request_id = r.id AND withdrawn_at IS NULL) AS recused,
    ARRAY(SELECT DISTINCT person_id::text FROM decision WHERE request_id = r.id AND attempt = r.attempt
          AND command IN ('endorse', 'waive')) || r.requester_id::text || COALESCE(r.operator_id::text, '-') AS took_part,
    e.outcome, e.policy_hash,
    ARRAY(SELECT c ->> 'name' FROM jsonb_array_elements(e.checks) AS c) AS ran,
    ARRAY(SELECT c ->> 'name' FROM jsonb_array_elements(e.checks) AS c WHERE c ->> 'status' = 'fail') AS failed,
    ARRAY(SELECT check_name FROM waiver WHERE evaluation_id = e.id GROUP BY check_name
          HAVING count(DISTINCT person_id) >= 2) AS waived
  FROM request r LEFT JOIN LATERAL (
    SELECT * FROM evaluation WHERE request_id = r.id AND candidate_hash = r.candidate_hash
    ORDER BY evaluated_at DESC LIMIT 1) e ON true
  WHERE r.id = $1`;

/** The invariants of the process that this step has broken; none, in a sound program. */
export async function brokenInvariants(scene: WalkScene, step: Step): Promise<string[]> {
  const { request, before } = step;
  const broken = [...brokenMoves(step)];
  const cameOut = request.state === 'PUBLISHED' && before === 'APPROVED';
  if (request.state === 'APPROVED' || cameOut) broken.push(...(await brokenApproval(scene, request)));
  if (step.person && request.state !== before) broken.push(...brokenRights(step, step.person));
  if (step.person) broken.push(...(await brokenTeam(scene, request)));
  return broken;
}

/** Read from the forms as they were submitted: who was ever named, and did not decline, has never decided, but to stop, nor generated what there is. */
const teamSql = `
  WITH team AS (
    SELECT member FROM request_revision, jsonb_array_elements_text(form -> 'memberIds') AS member WHERE request_id = $1
    UNION SELECT unnest(member_ids)::text FROM request WHERE id = $1
    EXCEPT SELECT unnest(declined_member_ids)::text FROM request WHERE id = $1)
  SELECT member FROM team WHERE member IN (
    SELECT unnest(ARRAY[person_id, on_behalf_of_id])::text FROM decision
      WHERE request_id = $1 AND command NOT IN ('recheck', 'close', 'suspend', 'recall')
    UNION SELECT requester_id::text FROM request WHERE id = $1
    UNION SELECT operator_id::text FROM request WHERE id = $1)`;

async function brokenTeam(scene: WalkScene, { id }: ReleaseRequest): Promise<string[]> {
  const found = await scene.dataSource.query<unknown[]>(teamSql, [id]);
  return found.length > 0 ? ['somebody of the team had a part in deciding'] : [];
}

function brokenMoves({ request, before, name, person }: Step): string[] {
  if (request.state === before) return [];
  if (terminalStates.some((state) => state === before)) return [`I5: ${before} was left`];
  const ways = requestTransitions.filter(
    ({ from, to }) => to === request.state && from.some((state) => state === before),
  );
  const isKnown = person ? ways.some(({ command }) => command === name) : ways.length > 0;
  // What falls with somebody who is recused: by the system, stale and recheck after one another.
  const fallen: Readonly<Record<string, readonly string[]>> = {
    EVALUATING: ['CHECKING'],
    IG_REVIEW: ['CHECKING'],
    APPROVED: ['IG_REVIEW', 'CHECKING'],
  };
  if (name === 'declare' && fallen[before]?.includes(request.state)) return [];
  return isKnown ? [] : [`the table has no way from ${before} to ${request.state} by ${name}`];
}

async function brokenApproval(scene: WalkScene, request: ReleaseRequest): Promise<string[]> {
  const [found] = await scene.dataSource.query<Evidence[]>(evidenceSql, [request.id]);
  if (!found) return ['the request is gone'];
  const { took_part: tookPart, outcome, ran, failed, waived, policy_hash: policyHash } = found;
  const broken = brokenQuorum(found, scene.policy.approvals[request.tier], tookPart);
  if (outcome === null) broken.push('I4: there are no checks');
  const needed = Object.keys(scene.policy.thresholds[request.tier]?.checks ?? {});
  if (needed.some((name) => !ran?.includes(name))) broken.push('I4: a check is missing');
  if (outcome === 'fail' && (failed ?? []).some((name) => !waived.includes(name)))
    broken.push('I4: a failed check');
  if (outcome === 'fail' && (failed ?? []).length === 0) broken.push('I4: checks that did not run');
  if (policyHash !== scene.policy.hash) broken.push('I3: checks under another policy');
  return broken;
}

/** Whoever stands behind two approvals, as delegate or as delegator, counts once; and nobody who has a part counts. */
function brokenQuorum(
  { approvals, recused }: Evidence,
  needed: number,
  tookPart: readonly string[],
): string[] {
  const broken: string[] = [];
  const behind = approvals.flatMap(({ person, delegator }) =>
    delegator === null ? [person] : [person, delegator],
  );
  if (approvals.length < needed) broken.push('I1: too few approvals on record');
  if (new Set(behind).size < behind.length) broken.push('I1: two approvals share a person');
  if (behind.some((id) => tookPart.includes(id)))
    broken.push('I1: somebody approved what they had a part in');
  if (behind.some((id) => recused.includes(id))) broken.push('somebody with a conflict of interest approved');
  return broken;
}

const decidingRoles = ['operator', 'evaluator', 'ig-approver'];

/** I13: who only keeps accounts or reads decides nothing. */
function brokenRights({ request, name }: Step, person: Actor): string[] {
  const isOwn = request.requesterId === person.id && person.roles.includes('researcher');
  const isDecider = person.roles.some((role) => decidingRoles.includes(role));
  const isDelegate =
    person.delegations.length > 0 && ['approve', 'query', 'reject', 'return', 'declare'].includes(name);
  return isOwn || isDecider || isDelegate ? [] : [`I13: ${person.roles.join('+')} gave the command ${name}`];
}
