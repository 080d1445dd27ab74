import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAssessments1764000000070 implements MigrationInterface {
  readonly name = 'CreateAssessments1764000000070';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE assessment (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        request_id uuid NOT NULL REFERENCES request (id),
        attempt integer NOT NULL,
        candidate_hash text NOT NULL,
        mechanism_id uuid REFERENCES mechanism (id),
        version integer NOT NULL,
        state text NOT NULL CHECK (state IN ('DRAFT', 'SIGNED')),
        question_set jsonb NOT NULL,
        question_set_hash text NOT NULL,
        policy_hash text NOT NULL,
        facts jsonb NOT NULL,
        answers jsonb NOT NULL,
        risks jsonb NOT NULL,
        created_by_id uuid NOT NULL REFERENCES person (id),
        created_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL,
        signed_by_id uuid REFERENCES person (id),
        signed_at timestamptz,
        signed_hash text,
        UNIQUE (request_id, version),
        CONSTRAINT signed_by_somebody CHECK ((state = 'SIGNED') = (signed_by_id IS NOT NULL)
          AND (state = 'SIGNED') = (signed_at IS NOT NULL) AND (state = 'SIGNED') = (signed_hash IS NOT NULL))
      );
      CREATE UNIQUE INDEX assessment_one_draft ON assessment (request_id) WHERE state = 'DRAFT';
      CREATE FUNCTION keep_signed_assessment() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF OLD.state = 'SIGNED' THEN RAISE EXCEPTION 'a signed assessment is never changed'; END IF;
          IF TG_OP = 'UPDATE' AND NEW.state = 'SIGNED' AND EXISTS (
            SELECT 1 FROM request WHERE id = NEW.request_id
              AND (NEW.signed_by_id IN (requester_id, operator_id) OR NEW.signed_by_id = ANY (member_ids)))
          THEN RAISE EXCEPTION 'this person took part in the request and cannot sign its assessment'; END IF;
          RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        END $$;
      CREATE TRIGGER assessment_stays BEFORE UPDATE OR DELETE ON assessment
        FOR EACH ROW EXECUTE FUNCTION keep_signed_assessment();
      CREATE FUNCTION start_as_draft() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.state <> 'DRAFT' THEN RAISE EXCEPTION 'an assessment starts as a draft'; END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER assessment_starts_as_draft BEFORE INSERT ON assessment
        FOR EACH ROW EXECUTE FUNCTION start_as_draft();
      GRANT SELECT, INSERT, UPDATE ON assessment TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE assessment; DROP FUNCTION keep_signed_assessment(); DROP FUNCTION start_as_draft();`,
    );
  }
}
