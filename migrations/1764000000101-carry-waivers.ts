import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Checks that run again have waivers of their own, which go back to those that people gave. */
export class CarryWaivers1764000000101 implements MigrationInterface {
  readonly name = 'CarryWaivers1764000000101';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE waiver ADD COLUMN carried_from_id uuid REFERENCES waiver (id);
      CREATE FUNCTION refuse_another_waiver() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.carried_from_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM waiver given
              JOIN evaluation before ON before.id = given.evaluation_id
              JOIN evaluation after ON after.id = NEW.evaluation_id
            WHERE given.id = NEW.carried_from_id AND given.carried_from_id IS NULL
              AND given.request_id = NEW.request_id AND given.check_name = NEW.check_name
              AND given.person_id = NEW.person_id AND given.expires_at = NEW.expires_at
              AND before.candidate_hash = after.candidate_hash)
          THEN RAISE EXCEPTION 'what is carried over is not the waiver that was given'; END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER waiver_is_what_was_given BEFORE INSERT ON waiver
        FOR EACH ROW EXECUTE FUNCTION refuse_another_waiver();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER waiver_is_what_was_given ON waiver;
      DROP FUNCTION refuse_another_waiver();
      DELETE FROM waiver WHERE carried_from_id IS NOT NULL;
      ALTER TABLE waiver DROP COLUMN carried_from_id;
    `);
  }
}
