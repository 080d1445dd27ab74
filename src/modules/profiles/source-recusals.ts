import type { EntityManager } from 'typeorm';

/** Profiles of any source of the same people: a conflict of interest is about the source, not about one look at it. */
const ofOneSource = 'SELECT id FROM profile WHERE source_id IN (SELECT sources_of_same_people($1))';

/** Who declares and who asks for a profile wait for each other here, so that neither misses the other. */
export async function lockRecusals(manager: EntityManager): Promise<void> {
  await manager.query("SELECT pg_advisory_xact_lock(hashtext('picketfence-recusals'))");
}

/** Whoever declared a conflict of interest in a profile of the source, of whatever version, signs no later one. */
export async function recusedFromSource(manager: EntityManager, sourceId: string): Promise<string[]> {
  const rows = await manager.query<{ id: string }[]>(
    `SELECT DISTINCT unnest(recused_ids) AS id FROM profile WHERE id IN (${ofOneSource}) ORDER BY 1`,
    [sourceId],
  );
  return rows.map(({ id }) => id);
}

/** The other profiles of the source that wait for a signature are signed by others, too. */
export async function recuseFromOpenProfiles(
  manager: EntityManager,
  sourceId: string,
  personId: string,
): Promise<void> {
  await manager.query(
    `UPDATE profile SET recused_ids = array_append(recused_ids, $2::uuid)
     WHERE id IN (${ofOneSource}) AND state IN ('RUNNING', 'READY') AND NOT $2 = ANY (recused_ids)`,
    [sourceId, personId],
  );
}

/** By source, the ids of the profiles in which those who are recused from one of it said why. */
export async function profilesOfSources(
  reader: EntityManager,
  sourceIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await reader.query<{ source: string; profiles: string[] }[]>(
    `SELECT asked.id AS source, array_agg(profile.id) AS profiles
     FROM unnest($1::uuid[]) AS asked(id), sources_of_same_people(asked.id) AS same(id), profile
     WHERE profile.source_id = same.id GROUP BY asked.id`,
    [sourceIds],
  );
  return new Map(rows.map(({ source, profiles }) => [source, profiles]));
}
