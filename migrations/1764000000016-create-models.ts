import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A mechanism of each tier has its own input: nothing but the schema, a signed profile, or a fitted model. */
export class CreateModels1764000000016 implements MigrationInterface {
  readonly name = 'CreateModels1764000000016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE source ADD subject_column text;
      CREATE TABLE model (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        source_id uuid NOT NULL REFERENCES source (id),
        generator text NOT NULL,
        generator_version text NOT NULL,
        parameters jsonb NOT NULL,
        columns jsonb NOT NULL,
        seed text NOT NULL,
        state text NOT NULL CHECK (state IN ('RUNNING', 'READY', 'FAILED')),
        policy_hash text NOT NULL,
        hash text,
        bytes bigint,
        train_rows bigint,
        holdout_rows bigint,
        problem text,
        requested_by_id uuid NOT NULL REFERENCES person (id),
        requested_at timestamptz NOT NULL,
        CHECK (state <> 'READY' OR (hash IS NOT NULL AND bytes > 0 AND train_rows > 0))
      );
      GRANT SELECT, INSERT ON model TO picketfence_application;
      GRANT UPDATE (state, hash, bytes, train_rows, holdout_rows, problem) ON model TO picketfence_application;
      ALTER TABLE mechanism RENAME profile_hash TO input_hash;
      ALTER TABLE mechanism
        ALTER profile_id DROP NOT NULL,
        ADD model_id uuid REFERENCES model (id),
        ADD CONSTRAINT mechanism_input_is_that_of_its_tier CHECK (
          (profile_id IS NOT NULL) = (tier = 'LOW') AND (model_id IS NOT NULL) = (tier = 'HIGH'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM mechanism WHERE tier <> 'LOW';
      ALTER TABLE mechanism DROP model_id, ALTER profile_id SET NOT NULL;
      ALTER TABLE mechanism RENAME input_hash TO profile_hash;
      DROP TABLE model;
      ALTER TABLE source DROP subject_column;
    `);
  }
}
