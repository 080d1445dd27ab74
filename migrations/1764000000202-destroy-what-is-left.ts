import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether the bytes of a candidate are there still; what is on record of it stays. */
export class DestroyWhatIsLeft1764000000202 implements MigrationInterface {
  readonly name = 'DestroyWhatIsLeft1764000000202';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE candidate ADD destroyed_at timestamptz;
      CREATE INDEX candidate_left ON candidate (request_id) WHERE destroyed_at IS NULL;
      GRANT UPDATE (destroyed_at) ON candidate TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE UPDATE (destroyed_at) ON candidate FROM picketfence_application;
      DROP INDEX candidate_left;
      ALTER TABLE candidate DROP destroyed_at;
    `);
  }
}
