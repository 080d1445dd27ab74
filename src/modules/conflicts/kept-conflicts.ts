import { randomBytes } from 'node:crypto';
import { type EntityManager, type FindOptionsWhere, In } from 'typeorm';
import { groupBy } from '../../core/collections/group-by.js';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import { type Actor, namesOf } from '../identity/index.js';
import { type About, ConflictOfInterest } from './conflict.entity.js';
import type { Recusal } from './recusal.type.js';

/** Keeps the words, and answers what the audit chain says of them: a salted hash. */
export async function keepConflict(
  manager: EntityManager,
  about: About,
  said: { readonly personId: string; readonly statement: string; readonly declaredAt: Date },
): Promise<{ readonly statementSha256: string }> {
  const statementSalt = randomBytes(16).toString('hex');
  const statement = said.statement.trim();
  await manager.insert(ConflictOfInterest, { ...about, ...said, statement, statementSalt });
  return { statementSha256: sha256Hex(statementSalt + statement) };
}

/** What was declared, and what the caller sees of it. */
export interface SeenRecusal {
  readonly declared: ConflictOfInterest;
  readonly recusal: Recusal;
}

/** Who is recused, oldest first; the words are for the person and for roles that may read them. */
export async function recusalsAbout(
  reader: EntityManager,
  actor: Actor,
  about: FindOptionsWhere<ConflictOfInterest>,
): Promise<SeenRecusal[]> {
  const declared = await reader.find(ConflictOfInterest, { where: about, order: { declaredAt: 'ASC' } });
  const people = declared.flatMap(({ personId, withdrawnById }) => [personId, withdrawnById ?? []].flat());
  const names = await namesOf(reader, people);
  return declared.map((one) => {
    const { id, declaredAt, withdrawalReason, withdrawnAt, withdrawnById } = one;
    const isAsked = withdrawalReason !== null && actor.may('absolve', one);
    const isShown = one.personId === actor.id || isAsked || actor.may('read', one);
    const recusal = {
      ...{ id, declaredAt, withdrawnAt },
      person: names.get(one.personId) ?? '',
      statement: isShown ? one.statement : null,
      withdrawalReason: isShown ? withdrawalReason : null,
      withdrawnBy: withdrawnById === null ? null : (names.get(withdrawnById) ?? ''),
    };
    return { declared: one, recusal };
  });
}

/** The same for the rows of a list, by the id of what they are about. */
export async function recusalsByKey(
  reader: EntityManager,
  actor: Actor,
  key: 'requestId' | 'mechanismId',
  ids: readonly string[],
): Promise<ReadonlyMap<string, Recusal[]>> {
  const seen = groupBy(
    await recusalsAbout(reader, actor, { [key]: In(ids) }),
    ({ declared }) => declared[key] ?? '',
  );
  return new Map([...seen].map(([id, all]) => [id, all.map(({ recusal }) => recusal)]));
}
