import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was tried before a candidate passed stays in view; of earlier attempts what made a candidate is known. */
export class CreateGenerationAttempts1764000000090 implements MigrationInterface {
  readonly name = 'CreateGenerationAttempts1764000000090';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE generation_attempt (
        request_id uuid NOT NULL REFERENCES request (id),
        attempt integer NOT NULL CHECK (attempt > 0),
        mechanism_hash text NOT NULL,
        seed text NOT NULL,
        is_drawn boolean NOT NULL,
        reason text,
        started_at timestamptz NOT NULL,
        PRIMARY KEY (request_id, attempt)
      );
      CREATE INDEX generation_attempt_mechanism ON generation_attempt (mechanism_hash);
      CREATE TABLE used_seed (
        mechanism_hash text NOT NULL,
        seed text NOT NULL,
        request_id uuid NOT NULL REFERENCES request (id),
        PRIMARY KEY (mechanism_hash, seed)
      );
      INSERT INTO generation_attempt (request_id, attempt, mechanism_hash, seed, is_drawn, started_at)
        SELECT request_id, attempt, mechanism_hash, seed, false, generated_at FROM candidate;
      INSERT INTO used_seed (mechanism_hash, seed, request_id)
        SELECT DISTINCT ON (mechanism_hash, seed) mechanism_hash, seed, request_id FROM candidate
        ORDER BY mechanism_hash, seed, generated_at;
      GRANT SELECT, INSERT ON generation_attempt, used_seed TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE used_seed; DROP TABLE generation_attempt;`);
  }
}
