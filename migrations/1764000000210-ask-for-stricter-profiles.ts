import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What whoever asked for a profile wanted to be stricter than the policy; nothing else is in it. */
export class AskForStricterProfiles1764000000210 implements MigrationInterface {
  readonly name = 'AskForStricterProfiles1764000000210';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE profile ADD COLUMN stricter_control jsonb NOT NULL DEFAULT '{}';`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE profile DROP COLUMN stricter_control;`);
  }
}
