import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Two spellings of one mailbox are one address, also where the provider ignores dots. Accounts that there are stay. */
export class IgnoreDotsWhereProvidersDo1764000000133 implements MigrationInterface {
  readonly name = 'IgnoreDotsWhereProvidersDo1764000000133';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION normal_email(address text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
        SELECT CASE WHEN domain IN ('gmail.com', 'googlemail.com') THEN replace(mailbox, '.', '') || '@gmail.com'
          ELSE mailbox || '@' || domain END
        FROM (SELECT split_part(split_part(lower(trim(address)), '@', 1), '+', 1) AS mailbox,
                split_part(lower(trim(address)), '@', 2) AS domain) AS parts
      $$;
      REINDEX INDEX person_normal_email;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION normal_email(address text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
        SELECT split_part(split_part(lower(trim(address)), '@', 1), '+', 1) || '@' || split_part(lower(trim(address)), '@', 2)
      $$;
      REINDEX INDEX person_normal_email;
    `);
  }
}
