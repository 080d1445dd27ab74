import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateDecisions1764000000009 implements MigrationInterface {
  readonly name = 'CreateDecisions1764000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE decision (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        request_id uuid NOT NULL REFERENCES request (id),
        revision integer NOT NULL,
        attempt integer NOT NULL,
        review_round integer NOT NULL,
        command text NOT NULL,
        person_id uuid NOT NULL REFERENCES person (id),
        reason text NOT NULL,
        scores jsonb,
        candidate_hash text,
        policy_hash text NOT NULL,
        decided_at timestamptz NOT NULL
      );
      CREATE UNIQUE INDEX decision_approves_once ON decision (request_id, review_round, person_id)
        WHERE command = 'approve';
      CREATE FUNCTION refuse_forbidden_approver() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.command = 'approve' AND EXISTS (
            SELECT 1 FROM request WHERE id = NEW.request_id
              AND NEW.person_id IN (requester_id, operator_id, evaluator_id))
          THEN RAISE EXCEPTION 'this person took part in the request and cannot approve it'; END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER decision_by_another_person BEFORE INSERT ON decision
        FOR EACH ROW EXECUTE FUNCTION refuse_forbidden_approver();
      GRANT SELECT, INSERT ON decision TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE decision; DROP FUNCTION refuse_forbidden_approver();`);
  }
}
