import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateDownloadLinks1764000000062 implements MigrationInterface {
  readonly name = 'CreateDownloadLinks1764000000062';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE download_link (
        id uuid PRIMARY KEY,
        secret_hash text NOT NULL,
        release_id uuid NOT NULL REFERENCES release (id),
        person_id uuid NOT NULL REFERENCES person (id),
        file text NOT NULL,
        issued_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        spent_at timestamptz
      );
      GRANT SELECT, INSERT, UPDATE (spent_at) ON download_link TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE download_link;`);
  }
}
