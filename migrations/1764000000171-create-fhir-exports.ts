import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An export that a client started: it is its own, and is forgotten when the client says so. */
export class CreateFhirExports1764000000171 implements MigrationInterface {
  readonly name = 'CreateFhirExports1764000000171';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE fhir_export (
        id uuid PRIMARY KEY,
        release_id uuid NOT NULL REFERENCES release (id),
        person_id uuid NOT NULL REFERENCES person (id),
        asked jsonb NOT NULL,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX fhir_export_expiry ON fhir_export (expires_at);
      GRANT SELECT, INSERT, DELETE ON fhir_export TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE fhir_export;`);
  }
}
