import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Programs that sign in with a key of their own and speak for a person. */
export class CreateBackendClients1764000000170 implements MigrationInterface {
  readonly name = 'CreateBackendClients1764000000170';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE backend_client (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        name text NOT NULL,
        person_id uuid NOT NULL REFERENCES person (id),
        key_set jsonb NOT NULL,
        registered_by_id uuid NOT NULL REFERENCES person (id),
        registered_at timestamptz NOT NULL,
        confirmed_at timestamptz,
        revoked_at timestamptz,
        CONSTRAINT backend_client_by_two CHECK (person_id <> registered_by_id)
      );
      CREATE INDEX backend_client_person ON backend_client (person_id);
      CREATE TABLE backend_assertion (
        client_id uuid NOT NULL REFERENCES backend_client (id),
        jti_hash text NOT NULL,
        expires_at timestamptz NOT NULL,
        PRIMARY KEY (client_id, jti_hash)
      );
      CREATE INDEX backend_assertion_expiry ON backend_assertion (expires_at);
      CREATE TABLE backend_token (
        id uuid PRIMARY KEY,
        client_id uuid NOT NULL REFERENCES backend_client (id),
        secret_hash text NOT NULL,
        issued_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX backend_token_expiry ON backend_token (expires_at);
      GRANT SELECT, INSERT, UPDATE (confirmed_at, revoked_at) ON backend_client TO picketfence_application;
      GRANT SELECT, INSERT, DELETE ON backend_assertion, backend_token TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE backend_token; DROP TABLE backend_assertion; DROP TABLE backend_client;`);
  }
}
