import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiClient } from '../../src/commands/example/api-client.js';
import { asOwner, type TestDatabase } from './databases.js';
import { waitFor } from './wait-for.js';

interface InboxItem {
  readonly id: string;
  readonly cursor: string;
  readonly topic: string;
  readonly text: string;
  readonly subjectId: string;
  readonly readAt: string | null;
}

export interface Inbox {
  readonly unread: number;
  readonly items: readonly InboxItem[];
}

export function inboxOf(person: ApiClient, more: object = {}): Promise<Inbox> {
  return person.call<Inbox>(
    `query ($first: Int!, $before: ID, $unreadOnly: Boolean!) {
       inbox(first: $first, before: $before, unreadOnly: $unreadOnly) {
         unread items { id cursor topic text subjectId readAt }
       }
     }`,
    { first: 200, unreadOnly: false, ...more },
  );
}

/** What a person was told of a request or release, oldest first. */
export async function topicsOn(person: ApiClient, subjectId: string): Promise<string[]> {
  const { items } = await inboxOf(person);
  return items
    .filter((item) => item.subjectId === subjectId)
    .map(({ topic }) => topic)
    .reverse();
}

export interface Mail {
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
}

/** A message as a mail program reads it. Fails when a header is there twice. */
export function readMail(bytes: string): Mail {
  const end = bytes.indexOf('\r\n\r\n');
  const lines = bytes
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = new Map(
    lines.map((line) => [line.split(':')[0]!.toLowerCase(), line.replace(/^[^:]*: ?/, '')]),
  );
  expect(headers.size).toBe(lines.length);
  const octets = bytes
    .slice(end + 4)
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return { headers, text: Buffer.from(octets, 'latin1').toString('utf8') };
}

/** The messages that were sent as files, oldest first. */
export function mailsIn(home: string): Mail[] {
  const folder = join(home, 'mail');
  if (!existsSync(folder)) return [];
  const sentAt = (name: string): number => statSync(join(folder, name)).mtimeMs;
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .sort((one, other) => sentAt(one) - sentAt(other))
    .map((name) => readMail(readFileSync(join(folder, name), 'latin1')));
}

export interface NotificationRow {
  readonly id: string;
  readonly event_sequence: string;
  readonly person_id: string | null;
  readonly channel: string;
  readonly topic: string;
  readonly state: string;
  readonly attempts: number;
}

export function notificationsOn(database: TestDatabase, subjectId: string): Promise<NotificationRow[]> {
  return asOwner(
    database,
    `SELECT id, event_sequence, person_id, channel, topic, state, attempts FROM notification WHERE subject_id = $1
     ORDER BY event_sequence, channel, id`,
    [subjectId],
  );
}

/** A worker that was started for it has to be up first, on machines with little to spare. */
const deliveryMsMax = 120_000;

/** Waits until every notification has been delivered, or has failed for good. */
export async function allDelivered(database: TestDatabase): Promise<void> {
  await waitFor(async () => {
    const open = await asOwner(database, "SELECT 1 FROM notification WHERE state = 'PENDING'");
    return open.length === 0;
  }, deliveryMsMax);
}

/** The policies in force with other values in some files, in a folder that the caller removes. */
export function changedPolicies(changes: Readonly<Record<string, object>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'picketfence-policies-'));
  cpSync('policies', folder, { recursive: true });
  for (const [name, change] of Object.entries(changes)) {
    const file = join(folder, name);
    const content = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...content, ...change }));
  }
  return folder;
}
