import type { EntityManager } from 'typeorm';
import { wholeUse } from './declared-use.rules.js';
import type { DraftInput } from './draft.input.js';
import { type LinkKind, ReleaseRequest } from './request.entity.js';

interface Link {
  readonly parentId: string;
  readonly linkKind: LinkKind;
  /** Of the parent: who had a conflict of interest there has one here. */
  readonly recusedIds: string[];
  /** Of the parent: who was asked there is not asked again. */
  readonly confirmedMemberIds: string[];
  readonly declinedMemberIds: string[];
}

/** A draft that nobody has said anything about yet. Not saved. */
export function newRequest(requesterId: string, form: DraftInput, link: Link | null = null): ReleaseRequest {
  const nobody = { operatorId: null, evaluatorId: null, suspendedById: null, standingMechanismId: null };
  const noOne = { waiverIds: [], endorserIds: [], reinstaterIds: [] };
  const noApproval = { approverIds: [], delegatorIds: [] };
  const nothing = {
    mechanismId: null,
    seed: null,
    policyHash: null,
    candidateHash: null,
    checksOutcome: null,
    assessment: null,
  };
  return Object.assign(new ReleaseRequest(), {
    ...formOf(form),
    ...nobody,
    ...noOne,
    ...noApproval,
    ...nothing,
    requesterId,
    state: 'DRAFT' as const,
    revision: 1,
    attempt: 0,
    reviewRound: 0,
    parentId: link?.parentId ?? null,
    linkKind: link?.linkKind ?? null,
    recusedIds: link?.recusedIds ?? [],
    confirmedMemberIds: link?.confirmedMemberIds ?? [],
    declinedMemberIds: link?.declinedMemberIds ?? [],
  });
}

/** The part of a request that its requester fills in. */
export function formOf(form: DraftInput): Required<DraftInput> {
  const { title, purpose, useCase, tier, sourceId, columns, rows, formats, declarations, memberIds } = form;
  return {
    ...{ title, purpose, useCase, tier, sourceId, columns, rows, formats, declarations },
    ...{ declaredUse: wholeUse(form.declaredUse), memberIds },
  };
}

/** Gives it a reference for people and saves it. */
export async function saveNew(
  manager: EntityManager,
  request: ReleaseRequest,
  now: Date,
): Promise<ReleaseRequest> {
  const [row] = await manager.query<{ number: string }[]>("SELECT nextval('request_reference') AS number");
  const reference = `PF-${(row?.number ?? '').padStart(4, '0')}`;
  request.reference = reference;
  request.createdAt = now;
  request.changedAt = now;
  return manager.save(request);
}
