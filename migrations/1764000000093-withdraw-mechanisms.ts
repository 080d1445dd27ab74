import type { MigrationInterface, QueryRunner } from 'typeorm';

export class WithdrawMechanisms1764000000093 implements MigrationInterface {
  readonly name = 'WithdrawMechanisms1764000000093';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE mechanism DROP CONSTRAINT mechanism_state_check, ADD CONSTRAINT mechanism_state_check CHECK (state IN
        ('DRAFT', 'SDAT_REVIEW', 'IG_REVIEW', 'APPROVED', 'REVIEW_DUE', 'SUSPENDED', 'RETIRED', 'WITHDRAWN'));
      GRANT UPDATE (registered_by_id, registered_at) ON mechanism TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE UPDATE (registered_by_id, registered_at) ON mechanism FROM picketfence_application;
      UPDATE mechanism SET state = 'RETIRED' WHERE state = 'WITHDRAWN';
      ALTER TABLE mechanism DROP CONSTRAINT mechanism_state_check, ADD CONSTRAINT mechanism_state_check CHECK (state IN
        ('DRAFT', 'SDAT_REVIEW', 'IG_REVIEW', 'APPROVED', 'REVIEW_DUE', 'SUSPENDED', 'RETIRED'));
    `);
  }
}
