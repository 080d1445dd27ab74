import type { MigrationInterface, QueryRunner } from 'typeorm';

export class BindRequestsToAssessments1764000000071 implements MigrationInterface {
  readonly name = 'BindRequestsToAssessments1764000000071';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE request ADD COLUMN assessment jsonb;
      ALTER TABLE request ADD CONSTRAINT high_was_assessed CHECK (state NOT IN ('IG_REVIEW', 'APPROVED')
        OR tier <> 'HIGH' OR COALESCE(assessment ->> 'candidateHash' = candidate_hash, false)) NOT VALID;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE request DROP COLUMN assessment;`);
  }
}
