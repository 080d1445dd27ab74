import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is named as a member of a team says whether they are one. */
export class AskMembers1764000000131 implements MigrationInterface {
  readonly name = 'AskMembers1764000000131';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE request
        ADD confirmed_member_ids uuid[] NOT NULL DEFAULT '{}',
        ADD declined_member_ids uuid[] NOT NULL DEFAULT '{}',
        ADD CONSTRAINT members_who_confirmed_are_members CHECK (confirmed_member_ids <@ member_ids),
        ADD CONSTRAINT members_who_declined_are_none CHECK (NOT (declined_member_ids && member_ids));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE request DROP confirmed_member_ids, DROP declined_member_ids;`);
  }
}
