import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Checks count for a reinstatement when they began after the suspension; of older ones only the end is known. */
export class TimeChecks1764000000091 implements MigrationInterface {
  readonly name = 'TimeChecks1764000000091';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE evaluation ADD begun_at timestamptz;
      UPDATE evaluation SET begun_at = 'epoch';
      ALTER TABLE evaluation ALTER begun_at SET NOT NULL, ADD CHECK (begun_at <= evaluated_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE evaluation DROP begun_at;`);
  }
}
