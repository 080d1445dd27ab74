import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateJobs1764000000003 implements MigrationInterface {
  readonly name = 'CreateJobs1764000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE job (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        kind text NOT NULL,
        subject_id uuid NOT NULL,
        state text NOT NULL CHECK (state IN ('PENDING', 'QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
        progress double precision NOT NULL CHECK (progress BETWEEN 0 AND 1),
        starts integer NOT NULL,
        failures integer NOT NULL,
        reason text,
        cancel_requested_at timestamptz,
        created_at timestamptz NOT NULL,
        touched_at timestamptz NOT NULL,
        finished_at timestamptz
      );
      CREATE UNIQUE INDEX job_one_unfinished ON job (kind, subject_id)
        WHERE state IN ('PENDING', 'QUEUED', 'RUNNING');
      CREATE INDEX job_unfinished ON job (created_at) WHERE state IN ('PENDING', 'QUEUED', 'RUNNING');
      CREATE INDEX job_subject ON job (subject_id, created_at);
      GRANT SELECT, INSERT, UPDATE ON job TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE job;`);
  }
}
