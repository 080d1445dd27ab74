import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddStatisticDecisionsToProfiles1764000000075 implements MigrationInterface {
  readonly name = 'AddStatisticDecisionsToProfiles1764000000075';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE profile ADD COLUMN statistics jsonb NOT NULL DEFAULT '[]';`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE profile DROP COLUMN statistics;`);
  }
}
