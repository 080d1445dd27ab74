import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { systemClock } from '../../src/core/time/clock.js';
import { AuditEvent } from '../../src/modules/audit/audit-event.entity.js';
import { findBrokenLink } from '../../src/modules/audit/audit.chain.js';
import { AuditService } from '../../src/modules/audit/audit.service.js';
import { requireLeastPrivilege } from '../../src/modules/platform/database/least-privilege.js';
import { SnakeNaming } from '../../src/modules/platform/database/snake-naming.js';
import { Transactions } from '../../src/modules/platform/database/transactions.js';
import { asLogin, asOwner, createTestDatabase, type TestDatabase } from '../support/databases.js';

let home: string;
let database: TestDatabase;
let dataSource: DataSource;
let audit: AuditService;

function connect(url: string): Promise<DataSource> {
  const settings = { entities: [AuditEvent], namingStrategy: new SnakeNaming(), extra: { max: 20 } };
  return new DataSource({ type: 'postgres', url, ...settings }).initialize();
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'picketfence-audit-'));
  database = await createTestDatabase(home);
  dataSource = await connect(database.appUrl);
  audit = new AuditService(new Transactions(dataSource), systemClock);
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
  rmSync(home, { recursive: true, force: true });
});

function entry(details: object, subjectId: string | null = null): Parameters<AuditService['recordAlone']>[0] {
  return { actor: 'system', action: 'test-event', subjectType: 'Request', subjectId, details };
}

async function links(): Promise<ReturnType<AuditEvent['toLink']>[]> {
  const events = await dataSource.manager.find(AuditEvent, { order: { sequence: 'ASC' } });
  return events.map((event) => event.toLink());
}

it('stays one chain under fifty transactions at once', async () => {
  const before = (await links()).length;
  const numbers = Array.from({ length: 50 }, (_, index) => index);
  await Promise.all(numbers.map((number) => audit.recordAlone(entry({ number }))));
  const all = await links();
  expect(all).toHaveLength(before + 50);
  expect(findBrokenLink(all)).toBeNull();
});

it('forgets an event with the transaction that is rolled back, and leaves no gap', async () => {
  const before = await links();
  const failing = dataSource.transaction(async (manager) => {
    await audit.record(manager, entry({ doomed: true }));
    throw new Error('the change failed');
  });
  await expect(failing).rejects.toThrow('the change failed');
  expect(await links()).toEqual(before);
  await audit.recordAlone(entry({ next: true }));
  expect(findBrokenLink(await links())).toBeNull();
});

it.each([
  ['text of all kinds', { text: 'Zoë 😀 \u2028 \\u0000 "\\" \u0001' }],
  ['text no database keeps', { 'na\0me': 'a\0b\uD83D', list: ['\uDE00'] }],
  [
    'numbers of all sizes',
    { numbers: [1e21, 1e-7, -0, 0.1, 2 ** 53, 5e-324, 1.7976931348623157e308, 123456789012345680000] },
  ],
  ['names in an order of their own', { zebra: 1, apple: 2, '10': 3, '9': 4, é: 5, '': 6 }],
  ['deep and empty things', { a: { b: { c: [[], {}, null, [{ d: false }]] } }, gone: undefined }],
  ['times', { at: new Date(0) }],
])('reads back %s as they were hashed', async (_, details) => {
  await audit.recordAlone(entry(details, 'PF\0-\uD800'));
  expect(findBrokenLink(await links())).toBeNull();
});

it.each([
  "UPDATE audit_event SET action = 'forged'",
  'DELETE FROM audit_event',
  'TRUNCATE audit_event',
  'ALTER TABLE audit_event DISABLE TRIGGER ALL',
  'DROP TRIGGER audit_event_rows_stay ON audit_event',
  'DROP TABLE audit_event',
  "SET session_replication_role = 'replica'",
])('refuses the application: %s', async (statement) => {
  await expect(asLogin(database.appUrl, statement)).rejects.toThrow(/permission denied|must be owner/);
});

it.each(["UPDATE audit_event SET action = 'forged'", 'DELETE FROM audit_event', 'TRUNCATE audit_event'])(
  'refuses even the owner, by mistake: %s',
  async (statement) => {
    await expect(asOwner(database, statement)).rejects.toThrow('audit events are never changed');
  },
);

it('finds what an owner did on purpose, and names it', async () => {
  const [first] = await links();
  await asOwner(database, 'ALTER TABLE audit_event DISABLE TRIGGER ALL');
  await asOwner(database, "UPDATE audit_event SET action = 'forged' WHERE sequence = 3");
  expect(findBrokenLink(await links())?.sequence).toBe('3');
  await asOwner(database, "UPDATE audit_event SET action = 'test-event' WHERE sequence = 3");
  await asOwner(database, 'ALTER TABLE audit_event ENABLE TRIGGER ALL');
  expect(first?.sequence).toBe('1');
  expect(findBrokenLink(await links())).toBeNull();
});

it('starts with the login of the application, and with no login that could rewrite history', async () => {
  await expect(requireLeastPrivilege(dataSource)).resolves.toBeUndefined();
  const owner = await connect(database.ownerUrl);
  await expect(requireLeastPrivilege(owner)).rejects.toThrow(/may change the audit chain/);
  await owner.destroy();
});
