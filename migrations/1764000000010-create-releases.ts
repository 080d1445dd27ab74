import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReleases1764000000010 implements MigrationInterface {
  readonly name = 'CreateReleases1764000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE release (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        request_id uuid NOT NULL UNIQUE REFERENCES request (id),
        requester_id uuid NOT NULL REFERENCES person (id),
        title text NOT NULL,
        candidate_hash text NOT NULL,
        folder text NOT NULL UNIQUE,
        files jsonb NOT NULL,
        published_at timestamptz NOT NULL
      );
      GRANT SELECT, INSERT ON release TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE release;`);
  }
}
