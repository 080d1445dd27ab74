import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Two sources may hold the same bytes: each then has a mechanism of its own, of the same hash. */
export class BindMechanismsToSources1764000000015 implements MigrationInterface {
  readonly name = 'BindMechanismsToSources1764000000015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE mechanism DROP CONSTRAINT mechanism_hash_key;
      ALTER TABLE mechanism ADD CONSTRAINT mechanism_once_for_a_source UNIQUE (source_id, hash);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE mechanism DROP CONSTRAINT mechanism_once_for_a_source;
      ALTER TABLE mechanism ADD CONSTRAINT mechanism_hash_key UNIQUE (hash);
    `);
  }
}
