import { type EntityManager, In } from 'typeorm';
import type { Participant } from './one-human.rules.js';
import { Person } from './person.entity.js';

/** People with an account by their part; who has several is there once for each. */
export async function participantsOf(
  manager: EntityManager,
  byPart: readonly (readonly [part: string, personId: string | null])[],
): Promise<Participant[]> {
  const ids = byPart.flatMap(([, id]) => id ?? []);
  const people = await manager.findBy(Person, { id: In([...new Set(ids)]) });
  return byPart.flatMap(([part, id]) => {
    const person = people.find((one) => one.id === id);
    if (!person) return [];
    const { name, email } = person;
    return [{ part, personId: person.id, name, emails: email === null ? [] : [email] }];
  });
}
