import type { EntityManager } from 'typeorm';

/** Who asked for what became a release, and who works with them. */
export interface ReleaseTeam {
  readonly requesterId: string;
  readonly memberIds: readonly string[];
}

export async function teamsOfReleases(
  manager: EntityManager,
  releaseIds: readonly string[],
): Promise<ReadonlyMap<string, ReleaseTeam>> {
  const rows = await manager.query<{ id: string; requester: string; members: string[] }[]>(
    `SELECT release.id, request.requester_id AS requester, request.member_ids AS members
     FROM release JOIN request ON request.id = release.request_id WHERE release.id = ANY ($1)`,
    [releaseIds],
  );
  return new Map(
    rows.map(({ id, requester, members }) => [id, { requesterId: requester, memberIds: members }]),
  );
}
