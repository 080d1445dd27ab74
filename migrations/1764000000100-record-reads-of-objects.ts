import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a job was given to read is written down before it gets a byte, so that a worker that dies has read it too. */
export class RecordReadsOfObjects1764000000100 implements MigrationInterface {
  readonly name = 'RecordReadsOfObjects1764000000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE job ADD COLUMN asked_by_id uuid REFERENCES person (id);
      CREATE TABLE object_read (
        job_id uuid NOT NULL REFERENCES job (id),
        zone text NOT NULL CHECK (zone IN ('real-zone', 'models', 'quarantine')),
        object_key text NOT NULL CHECK (object_key ~ '^[0-9a-f]{64}$'),
        first_read_at timestamptz NOT NULL,
        recorded_at timestamptz,
        PRIMARY KEY (job_id, zone, object_key)
      );
      GRANT SELECT, INSERT, UPDATE (recorded_at) ON object_read TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE object_read; ALTER TABLE job DROP COLUMN asked_by_id;`);
  }
}
