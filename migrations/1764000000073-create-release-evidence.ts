import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReleaseEvidence1764000000073 implements MigrationInterface {
  readonly name = 'CreateReleaseEvidence1764000000073';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE release_evidence (
        release_id uuid PRIMARY KEY REFERENCES release (id),
        content text NOT NULL,
        hash text NOT NULL CHECK (hash = encode(sha256(convert_to(content, 'UTF8')), 'hex'))
      );
      GRANT SELECT, INSERT ON release_evidence TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE release_evidence;`);
  }
}
