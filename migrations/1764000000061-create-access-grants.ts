import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAccessGrants1764000000061 implements MigrationInterface {
  readonly name = 'CreateAccessGrants1764000000061';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE access_grant (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        release_id uuid NOT NULL REFERENCES release (id),
        person_id uuid NOT NULL REFERENCES person (id),
        state text NOT NULL CHECK (state IN ('REQUESTED', 'REFEREE_CONFIRMED', 'IG_DECISION', 'ACTIVE', 'SUSPENDED',
          'EXPIRED', 'REVOKED', 'CLOSED', 'DECLINED', 'WITHDRAWN')),
        applied_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL,
        policy_hash text NOT NULL,
        institution text NOT NULL,
        institutional_email text NOT NULL,
        intended_use text NOT NULL,
        declarations jsonb NOT NULL,
        team_emails text[] NOT NULL,
        training_id uuid NOT NULL REFERENCES training (id),
        licence_version text NOT NULL,
        licence_hash text NOT NULL,
        referee_name text NOT NULL,
        referee_email text NOT NULL,
        referee_mails integer NOT NULL DEFAULT 0,
        referee_mailed_at timestamptz,
        referee_answered_at timestamptz,
        referee_statement text,
        decline_reason text,
        decided_by_id uuid REFERENCES person (id),
        decided_at timestamptz,
        decision_note text,
        starts_at timestamptz,
        ends_at timestamptz,
        suspended_by_id uuid REFERENCES person (id),
        suspension_cause text CHECK (suspension_cause IN ('GRANT', 'RELEASE', 'PERSON')),
        end_noticed_at timestamptz,
        ended_at timestamptz,
        note_due_at timestamptz,
        note_reminded_at timestamptz,
        end_note text,
        end_note_at timestamptz,
        destruction_confirmed_at timestamptz,
        CONSTRAINT grant_is_decided_by_another CHECK (decided_by_id <> person_id),
        CONSTRAINT grant_is_suspended_for_a_cause CHECK ((state = 'SUSPENDED') = (suspension_cause IS NOT NULL)),
        CONSTRAINT grant_was_vouched_for_and_decided CHECK (state NOT IN ('ACTIVE', 'SUSPENDED', 'EXPIRED', 'REVOKED', 'CLOSED')
          OR (referee_answered_at IS NOT NULL AND decided_by_id IS NOT NULL AND ends_at IS NOT NULL)),
        CONSTRAINT grant_is_closed_with_note_and_destruction CHECK (state <> 'CLOSED'
          OR (end_note IS NOT NULL AND destruction_confirmed_at IS NOT NULL))
      );
    `);
    await this.indexAndGrant(runner);
  }

  private async indexAndGrant(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE UNIQUE INDEX access_grant_one_live ON access_grant (release_id, person_id)
        WHERE state IN ('REQUESTED', 'REFEREE_CONFIRMED', 'IG_DECISION', 'ACTIVE', 'SUSPENDED');
      CREATE INDEX access_grant_person ON access_grant (person_id);
      CREATE INDEX access_grant_end ON access_grant (ends_at) WHERE state IN ('ACTIVE', 'SUSPENDED');
      GRANT SELECT, INSERT, UPDATE ON access_grant TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE access_grant;`);
  }
}
