import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a person brings along for every release of tier HIGH: training, accepted terms; and whether they are blocked. */
export class CreateAccessEvidence1764000000060 implements MigrationInterface {
  readonly name = 'CreateAccessEvidence1764000000060';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE training (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL REFERENCES person (id),
        kind text NOT NULL,
        proof_reference text NOT NULL,
        issued_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        submitted_at timestamptz NOT NULL,
        decided_by_id uuid REFERENCES person (id),
        decided_at timestamptz,
        is_accepted boolean,
        CONSTRAINT training_is_accepted_by_another CHECK (decided_by_id <> person_id),
        CONSTRAINT training_is_decided_whole CHECK ((decided_by_id IS NULL) = (is_accepted IS NULL)
          AND (decided_at IS NULL) = (is_accepted IS NULL)),
        CHECK (issued_at < expires_at)
      );
      CREATE INDEX training_person ON training (person_id);
      CREATE TABLE licence_acceptance (
        person_id uuid NOT NULL REFERENCES person (id),
        licence_hash text NOT NULL,
        licence_version text NOT NULL,
        accepted_at timestamptz NOT NULL,
        PRIMARY KEY (person_id, licence_hash)
      );
      CREATE TABLE access_block (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        person_id uuid NOT NULL REFERENCES person (id),
        reason text NOT NULL,
        blocked_by_id uuid NOT NULL REFERENCES person (id),
        blocked_at timestamptz NOT NULL,
        lifted_by_id uuid REFERENCES person (id),
        lifted_at timestamptz,
        CONSTRAINT nobody_blocks_themselves CHECK (blocked_by_id <> person_id),
        CONSTRAINT another_lifts_a_block CHECK (lifted_by_id NOT IN (person_id, blocked_by_id))
      );
      CREATE UNIQUE INDEX access_block_one_open ON access_block (person_id) WHERE lifted_at IS NULL;
      GRANT SELECT, INSERT, UPDATE (decided_by_id, decided_at, is_accepted) ON training TO picketfence_application;
      GRANT SELECT, INSERT ON licence_acceptance TO picketfence_application;
      GRANT SELECT, INSERT, UPDATE (lifted_by_id, lifted_at) ON access_block TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE access_block; DROP TABLE licence_acceptance; DROP TABLE training;`);
  }
}
