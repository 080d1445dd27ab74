import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAuditChain1764000000002 implements MigrationInterface {
  readonly name = 'CreateAuditChain1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_event (
        sequence bigint PRIMARY KEY,
        at timestamptz NOT NULL,
        actor_id uuid,
        actor_kind text NOT NULL CHECK (actor_kind IN ('person', 'system', 'anonymous')),
        action text NOT NULL,
        subject_type text NOT NULL,
        subject_id text,
        outcome text NOT NULL CHECK (outcome IN ('done', 'refused')),
        details jsonb NOT NULL,
        previous_hash text NOT NULL,
        hash text NOT NULL UNIQUE
      );
      CREATE INDEX audit_event_subject ON audit_event (subject_type, subject_id);
      CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'audit events are never changed'; END $$;
      CREATE TRIGGER audit_event_rows_stay BEFORE UPDATE OR DELETE ON audit_event
        FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
      CREATE TRIGGER audit_event_table_stays BEFORE TRUNCATE ON audit_event
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
      GRANT SELECT, INSERT ON audit_event TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE audit_event; DROP FUNCTION refuse_audit_change();`);
  }
}
