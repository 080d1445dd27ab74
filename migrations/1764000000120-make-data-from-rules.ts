import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A source may be a set of clinical rules: nobody uploaded it, and no record is in it. */
export class MakeDataFromRules1764000000120 implements MigrationInterface {
  readonly name = 'MakeDataFromRules1764000000120';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE source
        ADD COLUMN kind text NOT NULL DEFAULT 'EXTRACT' CHECK (kind IN ('EXTRACT', 'RULES')),
        ALTER COLUMN upload_id DROP NOT NULL,
        ADD CONSTRAINT source_of_an_upload CHECK ((kind = 'EXTRACT') = (upload_id IS NOT NULL)),
        ADD CONSTRAINT source_of_rules_without_records
          CHECK (kind = 'EXTRACT' OR (rows = 0 AND columns = '[]'::jsonb AND subject_column IS NULL));
      ALTER TABLE source ALTER COLUMN kind DROP DEFAULT;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE source
        DROP CONSTRAINT source_of_rules_without_records,
        DROP CONSTRAINT source_of_an_upload,
        ALTER COLUMN upload_id SET NOT NULL,
        DROP COLUMN kind;
    `);
  }
}
