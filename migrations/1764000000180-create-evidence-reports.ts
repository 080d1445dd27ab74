import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an evaluation found in full. It says what it said: no right to change or to remove one is given. */
export class CreateEvidenceReports1764000000180 implements MigrationInterface {
  readonly name = 'CreateEvidenceReports1764000000180';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE evidence_report (
        evaluation_id uuid PRIMARY KEY REFERENCES evaluation (id),
        content text NOT NULL,
        hash text NOT NULL CHECK (hash = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
        made_at timestamptz NOT NULL
      );
      GRANT SELECT, INSERT ON evidence_report TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE evidence_report;`);
  }
}
