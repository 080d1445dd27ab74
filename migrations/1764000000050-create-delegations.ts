import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Time-boxed deciding in another's stead, from one person to another and no further. */
export class CreateDelegations1764000000050 implements MigrationInterface {
  readonly name = 'CreateDelegations1764000000050';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE delegation (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        delegator_id uuid NOT NULL REFERENCES person (id),
        delegate_id uuid NOT NULL REFERENCES person (id),
        reason text NOT NULL,
        starts_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL,
        revoked_at timestamptz,
        revoked_by_id uuid REFERENCES person (id),
        CONSTRAINT delegation_to_another CHECK (delegator_id <> delegate_id),
        CONSTRAINT delegation_ends CHECK (ends_at > starts_at)
      );
      CREATE INDEX delegation_delegate ON delegation (delegate_id);
      CREATE INDEX delegation_delegator ON delegation (delegator_id);
      CREATE FUNCTION refuse_delegation_chain() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_advisory_xact_lock(hashtext('picketfence-delegation'));
          IF EXISTS (
            SELECT 1 FROM delegation
            WHERE revoked_at IS NULL AND starts_at < NEW.ends_at AND ends_at > NEW.starts_at
              AND (delegate_id = NEW.delegator_id OR delegator_id = NEW.delegate_id))
          THEN RAISE EXCEPTION 'what was delegated is not delegated on'; END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER delegation_is_no_chain BEFORE INSERT ON delegation
        FOR EACH ROW EXECUTE FUNCTION refuse_delegation_chain();
      GRANT SELECT, INSERT, UPDATE (revoked_at, revoked_by_id) ON delegation TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE delegation; DROP FUNCTION refuse_delegation_chain();
    `);
  }
}
