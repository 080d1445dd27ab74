import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sources of the same people under several names. What two extracts have in common is found before they are sources;
 * what was found binds them until two people say that it means nothing.
 */
export class KnowTheSamePeople1764000000130 implements MigrationInterface {
  readonly name = 'KnowTheSamePeople1764000000130';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE extract_overlap (
        one_hash text NOT NULL,
        other_hash text NOT NULL,
        one_column text,
        other_column text,
        shared integer NOT NULL CHECK (shared > 0),
        share double precision NOT NULL CHECK (share > 0 AND share <= 1),
        CHECK (one_hash < other_hash),
        CHECK ((one_column IS NULL) = (other_column IS NULL)),
        UNIQUE NULLS NOT DISTINCT (one_hash, other_hash, one_column, other_column)
      );
      GRANT SELECT, INSERT ON extract_overlap TO picketfence_application;

      CREATE TABLE people_match (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        one_id uuid NOT NULL REFERENCES source (id),
        other_id uuid NOT NULL REFERENCES source (id),
        basis text NOT NULL CHECK (basis IN ('SUBJECTS', 'ROWS', 'SAID')),
        share double precision,
        state text NOT NULL CHECK (state IN ('MATCHED', 'SEPARATION_PROPOSED', 'SEPARATED')),
        reason text,
        proposed_by_id uuid REFERENCES person (id),
        confirmed_by_id uuid REFERENCES person (id),
        changed_at timestamptz NOT NULL,
        CHECK (one_id < other_id),
        CHECK ((basis = 'SAID') = (share IS NULL)),
        CHECK (state = 'MATCHED' OR proposed_by_id IS NOT NULL),
        CONSTRAINT separated_by_two CHECK ((state = 'SEPARATED') = (confirmed_by_id IS NOT NULL)
          AND (confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id)),
        UNIQUE (one_id, other_id)
      );
      CREATE INDEX people_match_other ON people_match (other_id);
      GRANT SELECT, INSERT ON people_match TO picketfence_application;
      GRANT UPDATE (state, reason, proposed_by_id, confirmed_by_id, changed_at) ON people_match
        TO picketfence_application;

      CREATE FUNCTION sources_of_same_people(uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
        WITH RECURSIVE alike (one_id, other_id) AS (
          SELECT one.id, other.id FROM source one JOIN source other
            ON other.name = one.name OR other.content_hash = one.content_hash
          UNION ALL SELECT one_id, other_id FROM people_match WHERE state <> 'SEPARATED'
          UNION ALL SELECT other_id, one_id FROM people_match WHERE state <> 'SEPARATED'
        ), family (id) AS (
          SELECT $1 UNION SELECT alike.other_id FROM family JOIN alike ON alike.one_id = family.id
        ) SELECT id FROM family $$;

      ALTER TABLE model ADD split_key text;
      GRANT UPDATE (split_key) ON model TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE model DROP split_key;
      DROP FUNCTION sources_of_same_people(uuid);
      DROP TABLE people_match;
      DROP TABLE extract_overlap;
    `);
  }
}
