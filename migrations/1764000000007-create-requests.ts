import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateRequests1764000000007 implements MigrationInterface {
  readonly name = 'CreateRequests1764000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE request (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        reference text NOT NULL UNIQUE,
        state text NOT NULL CHECK (state IN ('DRAFT', 'SUBMITTED', 'RETURNED', 'AGREED', 'GENERATING', 'CHECKING', 'BLOCKED',
          'EVALUATING', 'IG_REVIEW', 'APPROVED', 'PUBLISHED', 'SUSPENDED', 'REJECTED', 'WITHDRAWN', 'REVOKED', 'EXPIRED',
          'SUPERSEDED')),
        revision integer NOT NULL,
        requester_id uuid NOT NULL REFERENCES person (id),
        title text NOT NULL,
        purpose text NOT NULL,
        use_case text NOT NULL,
        tier text NOT NULL CHECK (tier IN ('STRUCTURAL', 'LOW', 'HIGH')),
        source_id uuid NOT NULL REFERENCES source (id),
        columns text[] NOT NULL,
        rows integer NOT NULL,
        formats text[] NOT NULL,
        declarations jsonb NOT NULL,
        operator_id uuid REFERENCES person (id),
        evaluator_id uuid REFERENCES person (id),
        approver_ids uuid[] NOT NULL DEFAULT '{}',
        mechanism_id uuid REFERENCES mechanism (id),
        seed text,
        policy_hash text,
        candidate_hash text,
        checks_outcome text CHECK (checks_outcome IN ('pass', 'review', 'fail')),
        checks_policy_hash text,
        attempt integer NOT NULL DEFAULT 0,
        review_round integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL,
        CONSTRAINT operator_is_not_requester CHECK (operator_id <> requester_id),
        CONSTRAINT evaluator_is_not_requester CHECK (evaluator_id <> requester_id),
        CONSTRAINT evaluator_is_not_operator CHECK (evaluator_id <> operator_id),
        CONSTRAINT approvers_are_others CHECK (
          NOT (requester_id = ANY (approver_ids))
          AND (operator_id IS NULL OR NOT (operator_id = ANY (approver_ids)))
          AND (evaluator_id IS NULL OR NOT (evaluator_id = ANY (approver_ids)))),
        CONSTRAINT approved_was_checked_and_decided CHECK (state NOT IN ('APPROVED', 'PUBLISHED') OR (
          checks_outcome IN ('pass', 'review') AND candidate_hash IS NOT NULL AND evaluator_id IS NOT NULL
          AND cardinality(approver_ids) > 0))
      );
      CREATE INDEX request_requester ON request (requester_id);
      CREATE SEQUENCE request_reference;
      GRANT SELECT, INSERT, UPDATE ON request TO picketfence_application;
      GRANT USAGE ON SEQUENCE request_reference TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE request; DROP SEQUENCE request_reference;`);
  }
}
