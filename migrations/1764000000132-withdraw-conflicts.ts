import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A conflict of interest ends when its person says why it is none any longer and somebody else agrees. */
export class WithdrawConflicts1764000000132 implements MigrationInterface {
  readonly name = 'WithdrawConflicts1764000000132';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE conflict_of_interest
        ADD withdrawal_reason text,
        ADD withdrawn_by_id uuid REFERENCES person (id),
        ADD withdrawn_at timestamptz,
        ADD CONSTRAINT withdrawn_by_another CHECK (
          (withdrawn_by_id IS NULL) = (withdrawn_at IS NULL)
          AND (withdrawn_by_id IS NULL OR (withdrawn_by_id <> person_id AND withdrawal_reason IS NOT NULL))),
        DROP CONSTRAINT conflict_of_interest_request_id_person_id_key,
        DROP CONSTRAINT conflict_of_interest_mechanism_id_person_id_key,
        DROP CONSTRAINT conflict_of_interest_profile_id_person_id_key;
      CREATE UNIQUE INDEX one_conflict_a_person ON conflict_of_interest
        (coalesce(request_id, mechanism_id, profile_id), person_id) WHERE withdrawn_at IS NULL;
      CREATE INDEX conflicts_of_requests ON conflict_of_interest (request_id);
      GRANT UPDATE (withdrawal_reason, withdrawn_by_id, withdrawn_at) ON conflict_of_interest
        TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX conflicts_of_requests;
      DROP INDEX one_conflict_a_person;
      DELETE FROM conflict_of_interest WHERE withdrawn_at IS NOT NULL;
      ALTER TABLE conflict_of_interest
        DROP withdrawal_reason, DROP withdrawn_by_id CASCADE, DROP withdrawn_at CASCADE,
        ADD UNIQUE (request_id, person_id), ADD UNIQUE (mechanism_id, person_id), ADD UNIQUE (profile_id, person_id);
    `);
  }
}
