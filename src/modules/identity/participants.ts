import { type EntityManager, In } from 'typeorm';
import type { Participant } from './one-human.rules.js';
import { Person } from './person.entity.js';

/** Who plays which part; null where nobody does. */
export type Parts = readonly (readonly [part: string, personId: string | null])[];

/** People with an account by their part; who has several is there once for each. */
export async function participantsOf(manager: EntityManager, byPart: Parts): Promise<Participant[]> {
  const ids = byPart.flatMap(([, id]) => id ?? []);
  return inParts([...(await peopleById(manager, ids)).values()], byPart);
}

export async function peopleById(
  manager: EntityManager,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Person>> {
  const people = await manager.findBy(Person, { id: In([...new Set(ids)]) });
  return new Map(people.map((person) => [person.id, person]));
}

export function inParts(people: readonly Person[], byPart: Parts): Participant[] {
  return byPart.flatMap(([part, id]) => {
    const person = people.find((one) => one.id === id);
    if (!person) return [];
    const { name, email } = person;
    return [{ part, personId: person.id, name, emails: email === null ? [] : [email] }];
  });
}
