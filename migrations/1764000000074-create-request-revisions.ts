import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateRequestRevisions1764000000074 implements MigrationInterface {
  readonly name = 'CreateRequestRevisions1764000000074';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE request_revision (
        request_id uuid NOT NULL REFERENCES request (id),
        revision integer NOT NULL,
        form jsonb NOT NULL,
        changes jsonb NOT NULL,
        submitted_at timestamptz NOT NULL,
        PRIMARY KEY (request_id, revision)
      );
      GRANT SELECT, INSERT ON request_revision TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE request_revision;`);
  }
}
