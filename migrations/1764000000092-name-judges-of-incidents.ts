import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who reports an incident neither weighs nor ends it; what was reported stays beside what was found. */
export class NameJudgesOfIncidents1764000000092 implements MigrationInterface {
  readonly name = 'NameJudgesOfIncidents1764000000092';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE incident
        ADD reported_severity text CHECK (reported_severity IN ('LOW', 'MEDIUM', 'HIGH')),
        ADD triaged_by_id uuid REFERENCES person (id),
        ADD dismissed_by_id uuid REFERENCES person (id),
        ADD closed_by_id uuid REFERENCES person (id),
        ADD CONSTRAINT incident_judges_are_others CHECK (
          triaged_by_id <> reported_by_id AND dismissed_by_id <> reported_by_id
          AND closed_by_id <> reported_by_id);
      UPDATE incident SET reported_severity = severity;
      ALTER TABLE incident ALTER reported_severity SET NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE incident DROP reported_severity, DROP triaged_by_id, DROP dismissed_by_id, DROP closed_by_id;
    `);
  }
}
