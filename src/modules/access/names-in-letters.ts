import type { EntityManager } from 'typeorm';

/** What people are told about a grant by name. */
export async function namesIn(
  reader: EntityManager,
  grant: { readonly personId: string; readonly releaseId: string },
): Promise<{ readonly applicant: string; readonly release: string }> {
  const [row] = await reader.query<{ applicant: string; release: string }[]>(
    'SELECT person.name AS applicant, release.title AS release FROM person, release WHERE person.id = $1 AND release.id = $2',
    [grant.personId, grant.releaseId],
  );
  if (!row) throw new Error('A grant without a person or a release.');
  return row;
}
