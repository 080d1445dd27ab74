import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who has a conflict of interest says so once, and has no say in the request from then on. */
export class CreateConflicts1764000000053 implements MigrationInterface {
  readonly name = 'CreateConflicts1764000000053';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE conflict_of_interest (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        request_id uuid NOT NULL REFERENCES request (id),
        person_id uuid NOT NULL REFERENCES person (id),
        statement text NOT NULL,
        statement_salt text NOT NULL,
        declared_at timestamptz NOT NULL,
        UNIQUE (request_id, person_id)
      );
      GRANT SELECT, INSERT ON conflict_of_interest TO picketfence_application;
      ALTER TABLE request
        ADD recused_ids uuid[] NOT NULL DEFAULT '{}',
        ADD CONSTRAINT recused_do_not_approve CHECK (
          state NOT IN ('IG_REVIEW', 'APPROVED')
          OR NOT (recused_ids && approver_ids OR recused_ids && delegator_ids)),
        ADD CONSTRAINT recused_do_not_reinstate CHECK (NOT (recused_ids && reinstater_ids));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE request DROP recused_ids CASCADE; DROP TABLE conflict_of_interest;`);
  }
}
