import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import type { Clock } from '../../../core/time/clock.js';
import { AuditService } from '../../audit/index.js';
import type { Actor } from '../../identity/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../../platform/index.js';
import { POLICY, type Policy } from '../../policy/index.js';
import { Source } from '../source.entity.js';
import { matchesOf, type NewMatch } from './matches-of-source.js';
import { PeopleMatch } from './people-match.entity.js';
import { refuseConfirmation, refuseProposal, refuseReason } from './people-match.rules.js';

/** Which sources are about the same people. Saying so takes one person, saying that they are not takes two. */
@Injectable()
export class PeopleMatchesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  /** Two sources that are registered at once would not see each other: the second waits for the first. */
  async lock(manager: EntityManager): Promise<void> {
    await manager.query("SELECT pg_advisory_xact_lock(hashtext('picketfence-register-source'))");
  }

  /** In the transaction that registers the source, after `lock`. */
  async matchNew(manager: EntityManager, source: Source): Promise<readonly NewMatch[]> {
    const found = await matchesOf(manager, source, this.policy.samePeopleShareMin);
    for (const { otherId, basis, share } of found)
      await manager.insert(PeopleMatch, {
        ...ordered(source.id, otherId),
        ...{ basis, share, state: 'MATCHED', changedAt: this.clock.now() },
      });
    return found;
  }

  async ofSources(sourceIds: readonly string[]): Promise<ReadonlyMap<string, PeopleMatch[]>> {
    const found = await this.transactions.reader.find(PeopleMatch, {
      where: [{ oneId: In(sourceIds) }, { otherId: In(sourceIds) }],
      order: { changedAt: 'ASC' },
    });
    return new Map(
      sourceIds.map((id) => [id, found.filter(({ oneId, otherId }) => oneId === id || otherId === id)]),
    );
  }

  /** Somebody knows that these are the same people, or that a separation was wrong. */
  match(actor: Actor, ids: readonly [string, string], reason: string): Promise<PeopleMatch | Refusal> {
    return this.transactions.run(async (manager) => {
      await this.lock(manager);
      const pair = ordered(...ids);
      const sources = await manager.findBy(Source, { id: In([...ids]), kind: 'EXTRACT' });
      const [source] = sources;
      if (!source || sources.length < 2)
        return refusal('NOT_FOUND', 'There are no two such extracts.', 'otherId');
      const refused = actor.refuse('match', source) ?? refuseReason(reason);
      const kept = await manager.findOneBy(PeopleMatch, pair);
      const fresh = manager.create(PeopleMatch, { ...pair, basis: 'SAID', share: null });
      const match = kept ?? fresh;
      if (!refused) await this.change(manager, match, { state: 'MATCHED', reason });
      await this.record(manager, 'match-sources', { actor, match, refused, reason });
      return refused ?? match;
    });
  }

  propose(actor: Actor, id: string, reason: string): Promise<PeopleMatch | Refusal> {
    return this.decide(id, async (manager, match, source) => {
      const refused = actor.refuse('match', source) ?? refuseReason(reason) ?? refuseProposal(match);
      const change = { state: 'SEPARATION_PROPOSED', reason, proposedById: actor.id } as const;
      if (!refused) await this.change(manager, match, change);
      await this.record(manager, 'propose-separation', { actor, match, refused, reason });
      return refused;
    });
  }

  confirm(actor: Actor, id: string): Promise<PeopleMatch | Refusal> {
    return this.decide(id, async (manager, match, source, other) => {
      const { state, reason, proposedById } = match;
      const registeredByIds = [source.registeredById, other.registeredById];
      const recusedIds = await recusedFrom(manager, [source.id, other.id]);
      const refused =
        actor.refuse('separate', source) ??
        refuseConfirmation(actor.id, { state, proposedById, registeredByIds, recusedIds });
      const change = { state: 'SEPARATED', reason, proposedById, confirmedById: actor.id } as const;
      if (!refused) await this.change(manager, match, change);
      await this.record(manager, 'confirm-separation', { actor, match, refused });
      return refused;
    });
  }

  private decide(
    id: string,
    work: (manager: EntityManager, match: PeopleMatch, one: Source, other: Source) => Promise<Refusal | null>,
  ): Promise<PeopleMatch | Refusal> {
    return this.transactions.run(async (manager) => {
      const match = await manager.findOne(PeopleMatch, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!match) return refusal('NOT_FOUND', 'There is no such match.', id);
      const one = await manager.findOneByOrFail(Source, { id: match.oneId });
      const other = await manager.findOneByOrFail(Source, { id: match.otherId });
      return (await work(manager, match, one, other)) ?? match;
    });
  }

  private async change(
    manager: EntityManager,
    match: PeopleMatch,
    to: Pick<PeopleMatch, 'state' | 'reason'> & Partial<PeopleMatch>,
  ): Promise<void> {
    const nobody = { proposedById: null, confirmedById: null };
    Object.assign(match, { ...nobody, ...to, changedAt: this.clock.now() });
    await manager.save(match);
  }

  private record(
    manager: EntityManager,
    action: string,
    about: {
      readonly actor: Actor;
      readonly match: PeopleMatch;
      readonly refused: Refusal | null;
      readonly reason?: string;
    },
  ): Promise<void> {
    const { actor, match, refused, reason } = about;
    const { oneId, otherId, basis, share } = match;
    return this.audit.record(manager, {
      ...{ actor, action, subjectType: 'Source', subjectId: oneId, refusal: refused },
      details: { otherId, basis, share, ...(reason !== undefined && { reason }) },
    });
  }
}

/** A pair stands once, the smaller id first. */
const ordered = (one: string, other: string): { oneId: string; otherId: string } =>
  one < other ? { oneId: one, otherId: other } : { oneId: other, otherId: one };

async function recusedFrom(manager: EntityManager, sourceIds: readonly string[]): Promise<string[]> {
  const rows = await manager.query<{ id: string }[]>(
    `SELECT DISTINCT unnest(recused_ids) AS id FROM profile WHERE source_id IN
       (SELECT sources_of_same_people(asked) FROM unnest($1::uuid[]) AS asked)`,
    [sourceIds],
  );
  return rows.map(({ id }) => id);
}
