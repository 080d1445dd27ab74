import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The members of a request decide as little as its requester does: rules of the program, kept by the database too. */
export class KeepTeamsFromDeciding1764000000080 implements MigrationInterface {
  readonly name = 'KeepTeamsFromDeciding1764000000080';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE request
        ADD CONSTRAINT members_are_others CHECK (
          cardinality(member_ids) <= 20 AND NOT (requester_id = ANY (member_ids))),
        ADD CONSTRAINT members_decide_nothing CHECK (
          (operator_id IS NULL OR NOT (operator_id = ANY (member_ids)))
          AND (evaluator_id IS NULL OR NOT (evaluator_id = ANY (member_ids)))
          AND NOT (member_ids && (endorser_ids || waiver_ids || approver_ids || delegator_ids || reinstater_ids)));
      CREATE INDEX request_members ON request USING gin (member_ids);
      CREATE FUNCTION refuse_decision_of_the_team() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.command NOT IN ('recheck', 'suspend', 'recall', 'close') AND EXISTS (
            SELECT 1 FROM request WHERE id = NEW.request_id
              AND array_remove(ARRAY[NEW.person_id, NEW.on_behalf_of_id], NULL) && member_ids)
          THEN RAISE EXCEPTION 'this person works with the requester and decides nothing on the request'; END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER team_decides_nothing BEFORE INSERT ON decision
        FOR EACH ROW EXECUTE FUNCTION refuse_decision_of_the_team();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER team_decides_nothing ON decision;
      DROP FUNCTION refuse_decision_of_the_team();
      DROP INDEX request_members;
      ALTER TABLE request DROP CONSTRAINT members_are_others, DROP CONSTRAINT members_decide_nothing;
    `);
  }
}
