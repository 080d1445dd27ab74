import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Information governance is reminded of the regulator's deadline, and says on closing which policy was changed. */
export class RemindOfTheRegulator1764000000201 implements MigrationInterface {
  readonly name = 'RemindOfTheRegulator1764000000201';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE incident
        ADD reminded_at timestamptz,
        ADD overdue_reminded_at timestamptz,
        ADD policy_change text,
        ADD CONSTRAINT incident_policy_change_on_closing CHECK (policy_change IS NULL OR state = 'CLOSED');
      CREATE INDEX incident_deadline ON incident (regulator_deadline_at)
        WHERE state IN ('REPORTED', 'TRIAGED', 'CONTAINED', 'CONFIRMED');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX incident_deadline;
      ALTER TABLE incident DROP CONSTRAINT incident_policy_change_on_closing, DROP policy_change,
        DROP overdue_reminded_at, DROP reminded_at;
    `);
  }
}
