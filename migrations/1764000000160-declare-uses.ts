import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A request may say what its data are to be good for, so that the checks measure it. */
export class DeclareUses1764000000160 implements MigrationInterface {
  readonly name = 'DeclareUses1764000000160';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE request
        ADD COLUMN declared_use jsonb NOT NULL
          DEFAULT '{"target": null, "protectedColumns": [], "rules": null}'::jsonb;
      ALTER TABLE request ALTER COLUMN declared_use DROP DEFAULT;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE request DROP COLUMN declared_use;');
  }
}
