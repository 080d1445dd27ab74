import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCandidates1764000000008 implements MigrationInterface {
  readonly name = 'CreateCandidates1764000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE candidate (
        hash text NOT NULL,
        request_id uuid NOT NULL REFERENCES request (id),
        attempt integer NOT NULL,
        seed text NOT NULL,
        mechanism_hash text NOT NULL,
        policy_hash text NOT NULL,
        rows integer NOT NULL,
        files jsonb NOT NULL,
        generated_at timestamptz NOT NULL,
        PRIMARY KEY (request_id, attempt)
      );
      CREATE TABLE evaluation (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        request_id uuid NOT NULL REFERENCES request (id),
        candidate_hash text NOT NULL,
        policy_hash text NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('pass', 'review', 'fail')),
        checks jsonb NOT NULL,
        evaluated_at timestamptz NOT NULL
      );
      CREATE INDEX evaluation_request ON evaluation (request_id, evaluated_at);
      GRANT SELECT, INSERT ON candidate, evaluation TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE evaluation; DROP TABLE candidate;`);
  }
}
