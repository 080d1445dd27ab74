import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSources1764000000004 implements MigrationInterface {
  readonly name = 'CreateSources1764000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE upload (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        opened_by_id uuid NOT NULL REFERENCES person (id),
        state text NOT NULL CHECK (state IN ('OPEN', 'RECEIVED', 'INSPECTED', 'REFUSED', 'REGISTERED')),
        content_hash text,
        bytes bigint,
        rows bigint,
        column_names text[],
        proposal jsonb,
        problem text,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        CHECK (state IN ('OPEN', 'REFUSED') OR content_hash IS NOT NULL)
      );
      CREATE TABLE source (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        upload_id uuid NOT NULL UNIQUE REFERENCES upload (id),
        name text NOT NULL,
        version integer NOT NULL,
        description text NOT NULL,
        citation text NOT NULL,
        licence text NOT NULL,
        content_hash text NOT NULL,
        bytes bigint NOT NULL,
        rows bigint NOT NULL,
        columns jsonb NOT NULL,
        registered_by_id uuid NOT NULL REFERENCES person (id),
        registered_at timestamptz NOT NULL,
        UNIQUE (name, version),
        UNIQUE (name, content_hash)
      );
      GRANT SELECT, INSERT, UPDATE ON upload TO picketfence_application;
      GRANT SELECT, INSERT ON source TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE source; DROP TABLE upload;`);
  }
}
