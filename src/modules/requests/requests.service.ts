import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { clinicalFormatNames } from '../../exporters/clinical-registry.js';
import { formats } from '../../exporters/registry.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { POLICY, type Policy, sectionsMeasured } from '../policy/index.js';
import { Source } from '../sources/index.js';
import { refuseLargeUse } from './declared-use.rules.js';
import type { DraftInput } from './draft.input.js';
import { formOf, newRequest, saveNew } from './new-request.js';
import { refuseForm, textLengthMax } from './request-form.rules.js';
import { ReleaseRequest } from './request.entity.js';
import { refuseTeam } from './team.rules.js';
import { teamFacts } from './team-facts.js';

const listMax = 200;

/** The records themselves come with all. */
const recordFormats = ['records', ...clinicalFormatNames];

/** Drafting and reading; changes of state go through RequestCommands. */
@Injectable()
export class RequestsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  async find(actor: Actor, id: string): Promise<ReleaseRequest | null> {
    const request = await this.transactions.reader.findOneBy(ReleaseRequest, { id });
    return request && actor.may('read', request) ? request : null;
  }

  /** Newest first: all of them for those who may read any request, else the person's own. */
  list(actor: Actor): Promise<ReleaseRequest[]> {
    const where = actor.may('read', new ReleaseRequest()) ? {} : { requesterId: actor.id };
    return this.transactions.reader.find(ReleaseRequest, {
      where,
      order: { createdAt: 'DESC' },
      take: listMax,
    });
  }

  draft(actor: Actor, input: DraftInput): Promise<ReleaseRequest | Refusal> {
    return this.transactions.run(async (manager) => {
      const request = newRequest(actor.id, input);
      const refused = actor.refuse('create', request) ?? (await refuseDraft(manager, request, input));
      if (!refused) await saveNew(manager, request, this.clock.now());
      await this.record(manager, actor, {
        action: 'draft-request',
        id: refused ? null : request.id,
        memberIds: input.memberIds,
        refused,
      });
      return refused ?? request;
    });
  }

  /** `changedAt`: of the draft that was read; null where the person does not say. */
  edit(
    actor: Actor,
    id: string,
    { input, changedAt }: { readonly input: DraftInput; readonly changedAt: Date | null },
  ): Promise<ReleaseRequest | Refusal> {
    return this.transactions.run(async (manager) => {
      const request = await manager.findOne(ReleaseRequest, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!request) return refusal('NOT_FOUND', 'There is no such request.', id);
      const refused =
        actor.refuse('edit', request) ??
        refuseEdit(request, changedAt ?? null) ??
        (await refuseDraft(manager, request, input));
      if (!refused)
        await manager.save(Object.assign(request, formOf(input), { changedAt: this.clock.now() }));
      await this.record(manager, actor, { action: 'edit-request', id, memberIds: input.memberIds, refused });
      return refused ?? request;
    });
  }

  /** Is what was drafted ready to be put to the audit team? */
  async refuseSubmission(manager: EntityManager, request: ReleaseRequest): Promise<Refusal | null> {
    const source = await manager.findOneByOrFail(Source, { id: request.sourceId });
    return refuseForm(request, {
      sourceKind: source.kind,
      sourceColumns: source.columns,
      rowsMax: this.policy.thresholds[request.tier]?.rowsMax,
      personsMax: this.policy.rules.personsMax,
      formats: source.kind === 'RULES' ? recordFormats : formats,
      measured: source.kind === 'RULES' ? [] : sectionsMeasured(this.policy, request.tier),
    });
  }

  private record(
    manager: EntityManager,
    actor: Actor,
    what: {
      readonly action: string;
      readonly id: string | null;
      readonly memberIds: readonly string[];
      readonly refused: Refusal | null;
    },
  ): Promise<void> {
    const { action, id, memberIds, refused } = what;
    return this.audit.record(manager, {
      actor,
      action,
      subjectType: 'Request',
      subjectId: id,
      refusal: refused,
      details: refused ? {} : { memberIds },
    });
  }
}

function refuseEdit({ state, changedAt }: ReleaseRequest, changedAtRead: Date | null): Refusal | null {
  if (state !== 'DRAFT' && state !== 'RETURNED')
    return refusal('WRONG_STATE', `A request that is ${state} is no longer edited.`);
  if (changedAtRead === null || changedAtRead.getTime() === changedAt.getTime()) return null;
  return refusal('STALE', 'The draft was changed since you read it.', 'changedAt');
}

async function refuseDraft(
  manager: EntityManager,
  request: ReleaseRequest,
  input: DraftInput,
): Promise<Refusal | null> {
  for (const field of ['title', 'purpose'] as const) {
    if (input[field].length <= textLengthMax) continue;
    return refusal('INCOMPLETE', `"${field}" is longer than ${textLengthMax} characters.`, field);
  }
  const tooLarge = refuseLargeUse(request.declaredUse);
  if (tooLarge) return tooLarge;
  const known = await manager.existsBy(Source, { id: input.sourceId });
  if (!known) return refusal('NOT_FOUND', 'There is no such source.', 'sourceId');
  return refuseTeam(input.memberIds, await teamFacts(manager, request, input.memberIds));
}
