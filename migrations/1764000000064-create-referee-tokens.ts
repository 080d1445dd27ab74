import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateRefereeTokens1764000000064 implements MigrationInterface {
  readonly name = 'CreateRefereeTokens1764000000064';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE referee_token (
        id uuid PRIMARY KEY,
        grant_id uuid NOT NULL REFERENCES access_grant (id),
        secret_hash text NOT NULL,
        sent_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        spent_at timestamptz
      );
      CREATE INDEX referee_token_grant ON referee_token (grant_id);
      GRANT SELECT, INSERT, UPDATE (spent_at) ON referee_token TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE referee_token;`);
  }
}
