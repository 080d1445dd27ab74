import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who judged an incident does not close it. What was closed before stays as it is on record. */
export class CloseIncidentsByOthers1764000000102 implements MigrationInterface {
  readonly name = 'CloseIncidentsByOthers1764000000102';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE incident
        ADD confirmed_by_id uuid REFERENCES person (id),
        ADD CONSTRAINT incident_closed_by_another CHECK (
          closed_by_id <> dismissed_by_id AND closed_by_id <> confirmed_by_id) NOT VALID;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE incident DROP CONSTRAINT incident_closed_by_another, DROP confirmed_by_id;
    `);
  }
}
