import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddRequestLifecycle1764000000011 implements MigrationInterface {
  readonly name = 'AddRequestLifecycle1764000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE request
        ADD parent_id uuid REFERENCES request (id),
        ADD link_kind text CHECK (link_kind IN ('amendment', 'appeal')),
        ADD member_ids uuid[] NOT NULL DEFAULT '{}',
        ADD waiver_ids uuid[] NOT NULL DEFAULT '{}',
        ADD endorser_ids uuid[] NOT NULL DEFAULT '{}',
        ADD reinstater_ids uuid[] NOT NULL DEFAULT '{}',
        ADD suspended_by_id uuid REFERENCES person (id),
        ADD suspended_at timestamptz,
        ADD approved_at timestamptz,
        ADD standing_mechanism_id uuid REFERENCES mechanism (id),
        ADD CHECK ((parent_id IS NULL) = (link_kind IS NULL)),
        DROP CONSTRAINT approvers_are_others,
        ADD CONSTRAINT approvers_are_others CHECK (
          NOT (requester_id = ANY (approver_ids))
          AND NOT (approver_ids && member_ids)
          AND NOT (approver_ids && waiver_ids)
          AND NOT (approver_ids && endorser_ids)
          AND (operator_id IS NULL OR NOT (operator_id = ANY (approver_ids)))
          AND (evaluator_id IS NULL OR NOT (evaluator_id = ANY (approver_ids)))),
        ADD CONSTRAINT waivers_are_others CHECK (
          NOT (requester_id = ANY (waiver_ids))
          AND (operator_id IS NULL OR NOT (operator_id = ANY (waiver_ids)))),
        ADD CONSTRAINT reinstaters_are_others CHECK (
          suspended_by_id IS NULL OR NOT (suspended_by_id = ANY (reinstater_ids))),
        DROP CONSTRAINT approved_was_checked_and_decided,
        ADD CONSTRAINT approved_was_checked_and_decided CHECK (state NOT IN ('APPROVED', 'PUBLISHED') OR (
          checks_outcome IN ('pass', 'review') AND candidate_hash IS NOT NULL AND evaluator_id IS NOT NULL
          AND (cardinality(approver_ids) > 0 OR (standing_mechanism_id IS NOT NULL AND tier <> 'HIGH'))));
      CREATE TABLE waiver (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        request_id uuid NOT NULL REFERENCES request (id),
        evaluation_id uuid NOT NULL REFERENCES evaluation (id),
        check_name text NOT NULL,
        person_id uuid NOT NULL REFERENCES person (id),
        reason text NOT NULL,
        expires_at timestamptz NOT NULL,
        given_at timestamptz NOT NULL,
        UNIQUE (evaluation_id, check_name, person_id)
      );
      GRANT SELECT, INSERT ON waiver TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE waiver;
      ALTER TABLE request
        DROP CONSTRAINT waivers_are_others, DROP CONSTRAINT reinstaters_are_others,
        DROP parent_id, DROP link_kind, DROP member_ids CASCADE, DROP waiver_ids CASCADE, DROP endorser_ids CASCADE, DROP reinstater_ids CASCADE,
        DROP suspended_by_id, DROP suspended_at, DROP approved_at, DROP standing_mechanism_id CASCADE;
    `);
  }
}
