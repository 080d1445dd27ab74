import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A person who was asked to destroy files says so once; until then they are reminded. */
export class TimeDestructions1764000000042 implements MigrationInterface {
  readonly name = 'TimeDestructions1764000000042';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE destruction
        ADD statement text,
        ADD remind_at timestamptz,
        ADD overdue_at timestamptz,
        ADD reminded_at timestamptz,
        ADD overdue_reminded_at timestamptz,
        ADD CONSTRAINT confirmed_in_words CHECK (confirmed_at IS NULL OR statement IS NOT NULL);
      CREATE INDEX destruction_person ON destruction (person_id);
      CREATE INDEX destruction_outstanding ON destruction (remind_at) WHERE confirmed_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX destruction_outstanding; DROP INDEX destruction_person;
      ALTER TABLE destruction DROP CONSTRAINT confirmed_in_words, DROP statement, DROP remind_at, DROP overdue_at,
        DROP reminded_at, DROP overdue_reminded_at;
    `);
  }
}
