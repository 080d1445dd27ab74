import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateNotifications1764000000041 implements MigrationInterface {
  readonly name = 'CreateNotifications1764000000041';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        url text NOT NULL,
        description text NOT NULL,
        secret_version integer NOT NULL,
        created_by_id uuid NOT NULL REFERENCES person (id),
        created_at timestamptz NOT NULL,
        disabled_at timestamptz
      );
      CREATE TABLE notification (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        event_sequence bigint NOT NULL,
        person_id uuid REFERENCES person (id),
        webhook_id uuid REFERENCES webhook (id),
        channel text NOT NULL CHECK (channel IN ('inbox', 'email', 'webhook')),
        topic text NOT NULL,
        subject_type text NOT NULL,
        subject_id uuid NOT NULL,
        facts jsonb NOT NULL,
        state text NOT NULL CHECK (state IN ('PENDING', 'SENT', 'WITHHELD', 'FAILED')),
        attempts integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz,
        problem text,
        created_at timestamptz NOT NULL,
        sent_at timestamptz,
        read_at timestamptz,
        CONSTRAINT notification_has_one_addressee CHECK (
          (channel = 'webhook') = (webhook_id IS NOT NULL) AND (person_id IS NULL) = (webhook_id IS NOT NULL)),
        CONSTRAINT notification_once UNIQUE (event_sequence, person_id, channel),
        CONSTRAINT notification_once_a_webhook UNIQUE (event_sequence, webhook_id)
      );
      CREATE INDEX notification_inbox ON notification (person_id, event_sequence) WHERE channel = 'inbox';
      CREATE INDEX notification_retry ON notification (next_attempt_at) WHERE state = 'PENDING';
      CREATE INDEX notification_dead ON notification (event_sequence) WHERE state = 'FAILED';
      GRANT SELECT, INSERT, UPDATE ON webhook, notification TO picketfence_application;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE notification; DROP TABLE webhook;`);
  }
}
