import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A release has the tier of its request: the database lets the two not differ. */
export class PinTierToReleases1764000000063 implements MigrationInterface {
  readonly name = 'PinTierToReleases1764000000063';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE request ADD CONSTRAINT request_id_and_tier UNIQUE (id, tier);
      ALTER TABLE release ADD tier text;
      UPDATE release SET tier = request.tier FROM request WHERE request.id = release.request_id;
      ALTER TABLE release ALTER tier SET NOT NULL,
        ADD CONSTRAINT release_has_the_tier_of_its_request FOREIGN KEY (request_id, tier)
          REFERENCES request (id, tier) ON UPDATE CASCADE;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE release DROP CONSTRAINT release_has_the_tier_of_its_request, DROP tier;
      ALTER TABLE request DROP CONSTRAINT request_id_and_tier;
    `);
  }
}
