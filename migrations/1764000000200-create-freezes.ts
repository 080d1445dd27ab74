import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One freeze at a time; three people begin and end it, and nobody writes a freeze anew or takes it off the record. */
export class CreateFreezes1764000000200 implements MigrationInterface {
  readonly name = 'CreateFreezes1764000000200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE general_freeze (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        reason text NOT NULL,
        frozen_by_id uuid NOT NULL REFERENCES person (id),
        frozen_at timestamptz NOT NULL,
        thaw_asked_by_id uuid REFERENCES person (id),
        thaw_asked_at timestamptz,
        thawed_by_id uuid REFERENCES person (id),
        thawed_at timestamptz,
        CONSTRAINT freeze_ended_by_two_others CHECK (
          frozen_by_id <> thaw_asked_by_id AND frozen_by_id <> thawed_by_id AND thaw_asked_by_id <> thawed_by_id),
        CONSTRAINT freeze_asked_then_ended CHECK (
          (thaw_asked_by_id IS NULL) = (thaw_asked_at IS NULL) AND (thawed_by_id IS NULL) = (thawed_at IS NULL)
          AND (thawed_by_id IS NULL OR thaw_asked_by_id IS NOT NULL))
      );
      CREATE UNIQUE INDEX freeze_one_at_a_time ON general_freeze ((true)) WHERE thawed_at IS NULL;
      GRANT SELECT, INSERT, UPDATE (thaw_asked_by_id, thaw_asked_at, thawed_by_id, thawed_at)
        ON general_freeze TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE general_freeze;`);
  }
}
