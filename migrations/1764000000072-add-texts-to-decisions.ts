import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddTextsToDecisions1764000000072 implements MigrationInterface {
  readonly name = 'AddTextsToDecisions1764000000072';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE decision ADD COLUMN agreement jsonb, ADD COLUMN endorsement jsonb;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE decision DROP COLUMN agreement, DROP COLUMN endorsement;`);
  }
}
