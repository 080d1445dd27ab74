import { type EntityManager, In } from 'typeorm';
import { Person } from './person.entity.js';

/** Names of people by id. */
export async function namesOf(
  manager: EntityManager,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const people = await manager.find(Person, {
    where: { id: In([...new Set(ids)]) },
    select: { id: true, name: true },
  });
  return new Map(people.map(({ id, name }) => [id, name]));
}
