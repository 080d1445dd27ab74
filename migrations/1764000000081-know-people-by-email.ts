import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One e-mail address, one person: people of an identity provider keep the address it has verified. When they last signed
 * in there says how long its word counts.
 */
export class KnowPeopleByEmail1764000000081 implements MigrationInterface {
  readonly name = 'KnowPeopleByEmail1764000000081';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE person
        DROP CONSTRAINT person_password_needs_email,
        ADD provider_sign_in_at timestamptz,
        ADD may_move_to_provider boolean NOT NULL DEFAULT false,
        ADD CONSTRAINT person_password_needs_email CHECK (password_hash IS NULL OR email IS NOT NULL);
      UPDATE person SET provider_sign_in_at = COALESCE(
        (SELECT max(created_at) FROM session WHERE person_id = person.id), linked_at)
        FROM external_identity WHERE person_id = person.id;
      ALTER TABLE person
        ADD CONSTRAINT person_signs_in_one_way CHECK ((password_hash IS NULL) <> (provider_sign_in_at IS NULL));
      CREATE FUNCTION normal_email(address text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
        SELECT split_part(split_part(lower(trim(address)), '@', 1), '+', 1) || '@' || split_part(lower(trim(address)), '@', 2)
      $$;
      CREATE INDEX person_normal_email ON person (normal_email(email));
      CREATE FUNCTION refuse_second_account() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.email IS NULL THEN RETURN NEW; END IF;
          PERFORM pg_advisory_xact_lock(hashtext('picketfence-email ' || normal_email(NEW.email)));
          IF EXISTS (SELECT 1 FROM person WHERE normal_email(email) = normal_email(NEW.email) AND id <> NEW.id)
          THEN RAISE EXCEPTION 'there is an account with this e-mail address already'; END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER one_account_for_an_email BEFORE INSERT OR UPDATE OF email ON person
        FOR EACH ROW EXECUTE FUNCTION refuse_second_account();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER one_account_for_an_email ON person;
      DROP FUNCTION refuse_second_account();
      DROP INDEX person_normal_email;
      DROP FUNCTION normal_email(text);
      UPDATE person SET email = NULL WHERE password_hash IS NULL;
      ALTER TABLE person
        DROP CONSTRAINT person_password_needs_email, DROP CONSTRAINT person_signs_in_one_way,
        DROP provider_sign_in_at, DROP may_move_to_provider,
        ADD CONSTRAINT person_password_needs_email CHECK ((email IS NULL) = (password_hash IS NULL));
    `);
  }
}
