import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counts sign-ins where all servers see them, and keeps the tokens of machine clients. */
export class ProtectSignIn1764000000030 implements MigrationInterface {
  readonly name = 'ProtectSignIn1764000000030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sign_in_counter (
        key text PRIMARY KEY,
        attempts integer NOT NULL,
        failures integer NOT NULL DEFAULT 0,
        window_ends_at timestamptz NOT NULL
      );
      CREATE INDEX sign_in_counter_window ON sign_in_counter (window_ends_at);
      CREATE TABLE api_token (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL REFERENCES person (id),
        name text NOT NULL,
        prefix text NOT NULL,
        token_hash text NOT NULL UNIQUE,
        scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz,
        last_used_at timestamptz
      );
      CREATE INDEX api_token_person ON api_token (person_id);
      CREATE INDEX session_person ON session (person_id);
      GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_counter TO picketfence_application;
      GRANT SELECT, INSERT, UPDATE (revoked_at, last_used_at) ON api_token TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX session_person; DROP TABLE api_token; DROP TABLE sign_in_counter;`);
  }
}
