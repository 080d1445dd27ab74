import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was reserved is never given back: the application has no right to change an amount or to delete an entry. */
export class CreatePrivacyLedger1764000000017 implements MigrationInterface {
  readonly name = 'CreatePrivacyLedger1764000000017';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ledger_entry (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        source_id uuid NOT NULL REFERENCES source (id),
        model_id uuid NOT NULL UNIQUE REFERENCES model (id),
        epsilon double precision NOT NULL CHECK (epsilon > 0),
        delta double precision NOT NULL CHECK (delta >= 0),
        rho double precision NOT NULL CHECK (rho > 0),
        rows_per_subject integer NOT NULL CHECK (rows_per_subject > 0),
        state text NOT NULL CHECK (state IN ('RESERVED', 'SPENT')),
        booked jsonb,
        reserved_at timestamptz NOT NULL,
        settled_at timestamptz,
        CHECK ((state = 'SPENT') = (settled_at IS NOT NULL))
      );
      GRANT SELECT, INSERT ON ledger_entry TO picketfence_application;
      GRANT UPDATE (state, booked, settled_at) ON ledger_entry TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ledger_entry;`);
  }
}
