import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateMechanisms1764000000006 implements MigrationInterface {
  readonly name = 'CreateMechanisms1764000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE mechanism (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        hash text NOT NULL UNIQUE,
        generator text NOT NULL,
        generator_version text NOT NULL,
        tier text NOT NULL CHECK (tier IN ('STRUCTURAL', 'LOW', 'HIGH')),
        parameters jsonb NOT NULL,
        profile_id uuid NOT NULL REFERENCES profile (id),
        source_id uuid NOT NULL REFERENCES source (id),
        profile_hash text NOT NULL,
        disclosure_control jsonb NOT NULL,
        permitted_uses text[] NOT NULL,
        registered_by_id uuid NOT NULL REFERENCES person (id),
        registered_at timestamptz NOT NULL
      );
      GRANT SELECT, INSERT ON mechanism TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE mechanism;`);
  }
}
