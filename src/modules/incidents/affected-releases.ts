import type { EntityManager } from 'typeorm';
import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Tier } from '../../generators/generator.js';
import { TierEnum } from '../vocabulary/index.js';

const relations = { ITSELF: 'ITSELF', LINEAGE: 'LINEAGE', MECHANISM: 'MECHANISM' } as const;
registerEnumType(relations, {
  name: 'AffectedBy',
  description: 'Itself; amends or is amended by it, or follows from it; or was made by the same mechanism.',
});

@ObjectType({ description: 'A release that what was reported may be true of as well.' })
export class AffectedRelease {
  @Field(() => ID)
  readonly requestId!: string;

  @Field(() => String)
  readonly reference!: string;

  @Field(() => TierEnum)
  readonly tier!: Tier;

  @Field(() => String, { description: 'Of its request.' })
  readonly state!: string;

  @Field(() => relations)
  readonly by!: keyof typeof relations;
}

/** By the request of an incident: its own release first, then by lineage, then by mechanism; 200 at most of each. */
export async function affectedReleases(
  manager: EntityManager,
  requestIds: readonly string[],
): Promise<ReadonlyMap<string, AffectedRelease[]>> {
  const rows = await manager.query<(AffectedRelease & { readonly of: string })[]>(
    `WITH RECURSIVE family AS (
       SELECT id AS of, id, parent_id FROM request WHERE id = ANY ($1)
       UNION
       SELECT family.of, other.id, other.parent_id FROM family
       JOIN request other ON other.parent_id = family.id OR other.id = family.parent_id),
     siblings AS (
       SELECT hurt.id AS of, other.id FROM request hurt
       JOIN mechanism made ON made.id = hurt.mechanism_id
       JOIN mechanism alike ON alike.hash = made.hash AND alike.source_id = made.source_id
       JOIN request other ON other.mechanism_id = alike.id
       WHERE hurt.id = ANY ($1)),
     found AS (
       SELECT of, id, CASE WHEN id = of THEN 1 ELSE 2 END AS rank FROM family
       UNION ALL SELECT of, id, 3 FROM siblings),
     nearest AS (SELECT of, id, min(rank) AS rank FROM found GROUP BY of, id)
     SELECT nearest.of, request.id AS "requestId", request.reference, request.tier, request.state,
       (ARRAY['ITSELF', 'LINEAGE', 'MECHANISM'])[nearest.rank] AS by
     FROM (SELECT *, row_number() OVER (PARTITION BY of ORDER BY rank, id) AS place FROM nearest
           WHERE EXISTS (SELECT FROM release WHERE request_id = nearest.id)) AS nearest
     JOIN request ON request.id = nearest.id
     WHERE nearest.place <= 200
     ORDER BY nearest.of, nearest.rank, request.reference`,
    [requestIds],
  );
  const byRequest = new Map<string, AffectedRelease[]>(requestIds.map((id) => [id, []]));
  for (const { of, ...release } of rows) byRequest.get(of)?.push(release);
  return byRequest;
}
