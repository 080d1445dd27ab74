import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People who sign in at an identity provider. They are known by issuer and subject, never by an e-mail address. */
export class AddExternalIdentities1764000000052 implements MigrationInterface {
  readonly name = 'AddExternalIdentities1764000000052';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE person
        ALTER email DROP NOT NULL,
        ALTER password_hash DROP NOT NULL,
        ADD disabled_by_id uuid REFERENCES person (id),
        ADD CONSTRAINT person_password_needs_email CHECK ((email IS NULL) = (password_hash IS NULL));
      CREATE TABLE external_identity (
        issuer text NOT NULL,
        subject text NOT NULL,
        person_id uuid NOT NULL UNIQUE REFERENCES person (id),
        linked_at timestamptz NOT NULL,
        PRIMARY KEY (issuer, subject)
      );
      GRANT SELECT, INSERT ON external_identity TO picketfence_application;
      CREATE TABLE oidc_sign_in (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        state_hash text NOT NULL UNIQUE,
        browser_hash text NOT NULL,
        nonce text NOT NULL,
        code_verifier text NOT NULL,
        return_path text NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        person_id uuid REFERENCES person (id),
        hand_over_hash text UNIQUE,
        redeemed_at timestamptz
      );
      CREATE INDEX oidc_sign_in_expires ON oidc_sign_in (expires_at);
      GRANT SELECT, INSERT, UPDATE, DELETE ON oidc_sign_in TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE oidc_sign_in; DROP TABLE external_identity;
      ALTER TABLE person DROP disabled_by_id, DROP CONSTRAINT person_password_needs_email;
    `);
  }
}
