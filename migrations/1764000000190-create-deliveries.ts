import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Releases that went, or were to go, to FHIR servers. */
export class CreateDeliveries1764000000190 implements MigrationInterface {
  readonly name = 'CreateDeliveries1764000000190';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE delivery (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        release_id uuid NOT NULL REFERENCES release (id),
        server text NOT NULL,
        base_url text NOT NULL,
        is_dry_run boolean NOT NULL,
        asked_by_id uuid NOT NULL REFERENCES person (id),
        asked_at timestamptz NOT NULL,
        outcome text CHECK (outcome IN ('DELIVERED', 'CONFLICTS', 'STOPPED', 'CANCELLED', 'FAILED')),
        reason text,
        counts jsonb,
        finished_at timestamptz,
        CONSTRAINT delivery_ended_once CHECK ((outcome IS NULL) = (finished_at IS NULL))
      );
      CREATE INDEX delivery_release ON delivery (release_id, asked_at);
      GRANT SELECT, INSERT, UPDATE (outcome, reason, counts, finished_at) ON delivery TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE delivery;`);
  }
}
