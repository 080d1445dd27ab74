import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Delegate and delegator are one identity on a request, and what bars the delegator bars the delegate. */
export class DecideByDelegation1764000000051 implements MigrationInterface {
  readonly name = 'DecideByDelegation1764000000051';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE decision
        ADD on_behalf_of_id uuid REFERENCES person (id),
        ADD delegation_id uuid REFERENCES delegation (id),
        ADD CONSTRAINT decision_names_its_delegation CHECK ((on_behalf_of_id IS NULL) = (delegation_id IS NULL));
      ALTER TABLE request
        ADD delegator_ids uuid[] NOT NULL DEFAULT '{}',
        ADD CONSTRAINT delegators_are_others CHECK (
          NOT (requester_id = ANY (delegator_ids))
          AND NOT (delegator_ids && approver_ids)
          AND NOT (delegator_ids && member_ids)
          AND NOT (delegator_ids && waiver_ids)
          AND NOT (delegator_ids && endorser_ids)
          AND (operator_id IS NULL OR NOT (operator_id = ANY (delegator_ids)))
          AND (evaluator_id IS NULL OR NOT (evaluator_id = ANY (delegator_ids))));
      CREATE OR REPLACE FUNCTION refuse_forbidden_approver() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.command = 'approve' AND EXISTS (
            SELECT 1 FROM request WHERE id = NEW.request_id
              AND ARRAY[NEW.person_id, NEW.on_behalf_of_id] &&
                (ARRAY[requester_id, operator_id, evaluator_id] || member_ids || endorser_ids || waiver_ids))
          THEN RAISE EXCEPTION 'this person took part in the request and cannot approve it'; END IF;
          IF NEW.command = 'approve' AND EXISTS (
            SELECT 1 FROM decision d WHERE d.request_id = NEW.request_id AND d.review_round = NEW.review_round
              AND d.command = 'approve'
              AND array_remove(ARRAY[d.person_id, d.on_behalf_of_id], NULL) && ARRAY[NEW.person_id, NEW.on_behalf_of_id])
          THEN RAISE EXCEPTION 'this person has approved already, in person or by a delegate'; END IF;
          IF NEW.delegation_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM delegation WHERE id = NEW.delegation_id AND delegate_id = NEW.person_id
              AND delegator_id = NEW.on_behalf_of_id AND revoked_at IS NULL
              AND starts_at <= NEW.decided_at AND ends_at > NEW.decided_at)
          THEN RAISE EXCEPTION 'there is no such delegation at this time'; END IF;
          RETURN NEW;
        END $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION refuse_forbidden_approver() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.command = 'approve' AND EXISTS (
            SELECT 1 FROM request WHERE id = NEW.request_id
              AND NEW.person_id IN (requester_id, operator_id, evaluator_id))
          THEN RAISE EXCEPTION 'this person took part in the request and cannot approve it'; END IF;
          RETURN NEW;
        END $$;
      ALTER TABLE request DROP delegator_ids CASCADE;
      ALTER TABLE decision DROP on_behalf_of_id CASCADE, DROP delegation_id CASCADE;
    `);
  }
}
