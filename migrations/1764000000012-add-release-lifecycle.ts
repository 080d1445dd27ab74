import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddReleaseLifecycle1764000000012 implements MigrationInterface {
  readonly name = 'AddReleaseLifecycle1764000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE release
        ADD expires_at timestamptz NOT NULL DEFAULT 'infinity',
        ADD policy_hash text NOT NULL DEFAULT '',
        ADD mechanism_id uuid REFERENCES mechanism (id);
      CREATE TABLE download (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        release_id uuid NOT NULL REFERENCES release (id),
        person_id uuid NOT NULL REFERENCES person (id),
        file text NOT NULL,
        downloaded_at timestamptz NOT NULL
      );
      CREATE INDEX download_release ON download (release_id);
      CREATE TABLE destruction (
        release_id uuid NOT NULL REFERENCES release (id),
        person_id uuid NOT NULL REFERENCES person (id),
        asked_at timestamptz NOT NULL,
        confirmed_at timestamptz,
        PRIMARY KEY (release_id, person_id)
      );
      GRANT SELECT, INSERT ON download TO picketfence_application;
      GRANT SELECT, INSERT, UPDATE ON destruction TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE destruction; DROP TABLE download;
      ALTER TABLE release DROP expires_at, DROP policy_hash, DROP mechanism_id;
    `);
  }
}
