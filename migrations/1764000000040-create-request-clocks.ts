import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests that are under way get a clock with their next change of state. */
export class CreateRequestClocks1764000000040 implements MigrationInterface {
  readonly name = 'CreateRequestClocks1764000000040';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE request_clock (
        request_id uuid PRIMARY KEY REFERENCES request (id),
        state text NOT NULL,
        visit bigint NOT NULL,
        entered_at timestamptz NOT NULL,
        used_ms double precision NOT NULL,
        remind_at timestamptz,
        overdue_at timestamptz,
        paused jsonb
      );
      CREATE INDEX request_clock_remind ON request_clock (remind_at);
      CREATE TABLE reminder (
        request_id uuid NOT NULL REFERENCES request (id),
        visit bigint NOT NULL,
        threshold text NOT NULL CHECK (threshold IN ('reminder', 'overdue')),
        reminded_at timestamptz NOT NULL,
        PRIMARY KEY (request_id, visit, threshold)
      );
      GRANT SELECT, INSERT, UPDATE ON request_clock TO picketfence_application;
      GRANT SELECT, INSERT ON reminder TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE reminder; DROP TABLE request_clock;`);
  }
}
