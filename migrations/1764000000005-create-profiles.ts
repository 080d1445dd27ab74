import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateProfiles1764000000005 implements MigrationInterface {
  readonly name = 'CreateProfiles1764000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE profile (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        source_id uuid NOT NULL REFERENCES source (id),
        state text NOT NULL CHECK (state IN ('RUNNING', 'READY', 'SIGNED', 'FAILED')),
        policy_hash text NOT NULL,
        content jsonb,
        hash text,
        problem text,
        requested_by_id uuid NOT NULL REFERENCES person (id),
        requested_at timestamptz NOT NULL,
        signed_by_id uuid REFERENCES person (id),
        signed_at timestamptz,
        CHECK (state IN ('RUNNING', 'FAILED') OR (content IS NOT NULL AND hash IS NOT NULL)),
        CHECK ((state = 'SIGNED') = (signed_by_id IS NOT NULL)),
        CHECK (signed_by_id IS DISTINCT FROM requested_by_id OR signed_by_id IS NULL)
      );
      CREATE UNIQUE INDEX profile_one_running ON profile (source_id) WHERE state = 'RUNNING';
      GRANT SELECT, INSERT, UPDATE ON profile TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE profile;`);
  }
}
