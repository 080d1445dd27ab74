import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddMechanismStates1764000000013 implements MigrationInterface {
  readonly name = 'AddMechanismStates1764000000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE mechanism
        ADD state text NOT NULL DEFAULT 'DRAFT' CHECK (state IN
          ('DRAFT', 'SDAT_REVIEW', 'IG_REVIEW', 'APPROVED', 'REVIEW_DUE', 'SUSPENDED', 'RETIRED')),
        ADD reviewed_by_id uuid REFERENCES person (id),
        ADD approved_by_id uuid REFERENCES person (id),
        ADD approved_at timestamptz,
        ADD review_due_at timestamptz,
        ADD approval_policy_hash text,
        ADD CONSTRAINT mechanism_judges_are_others CHECK (
          reviewed_by_id <> registered_by_id AND approved_by_id <> registered_by_id
          AND approved_by_id <> reviewed_by_id),
        ADD CONSTRAINT mechanism_approved_by_somebody CHECK (
          state <> 'APPROVED' OR (approved_by_id IS NOT NULL AND review_due_at IS NOT NULL));
      GRANT UPDATE (state, reviewed_by_id, approved_by_id, approved_at, review_due_at, approval_policy_hash)
        ON mechanism TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE mechanism DROP state, DROP reviewed_by_id, DROP approved_by_id, DROP approved_at,
        DROP review_due_at, DROP approval_policy_hash;
    `);
  }
}
