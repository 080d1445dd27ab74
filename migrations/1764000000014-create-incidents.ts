import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateIncidents1764000000014 implements MigrationInterface {
  readonly name = 'CreateIncidents1764000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE incident (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        request_id uuid NOT NULL REFERENCES request (id),
        state text NOT NULL CHECK (state IN
          ('REPORTED', 'TRIAGED', 'CONTAINED', 'CONFIRMED', 'FALSE_ALARM', 'CLOSED')),
        severity text NOT NULL CHECK (severity IN ('LOW', 'MEDIUM', 'HIGH')),
        description text NOT NULL,
        reported_by_id uuid NOT NULL REFERENCES person (id),
        reported_at timestamptz NOT NULL,
        regulator_deadline_at timestamptz NOT NULL,
        lessons text,
        changed_at timestamptz NOT NULL,
        CHECK (state <> 'CLOSED' OR lessons IS NOT NULL)
      );
      CREATE INDEX incident_request ON incident (request_id);
      GRANT SELECT, INSERT, UPDATE ON incident TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE incident;`);
  }
}
