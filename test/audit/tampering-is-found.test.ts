import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { hashOf, type AuditLink } from '../../src/modules/audit/audit.chain.js';
import { toLinkLine } from '../../src/modules/audit/link-line.js';
import { asLogin, asOwner, auditChain } from '../support/databases.js';
import { type AuditScene, openAuditScene } from './audit-scene.js';

/** Twelve events, a head signed at the ninth: by real processes, on the real database and on exports of it. */
let scene: AuditScene;
let whole: AuditLink[];

beforeAll(async () => {
  scene = await openAuditScene();
  await scene.record(9);
  expect((await scene.cli('sign')).code).toBe(0);
  await scene.record(1);
  whole = await auditChain(scene.database);
  expect(whole.map(({ action }) => action).slice(9, 11)).toEqual(['announce-audit-key', 'sign-audit-head']);
});
afterAll(() => scene.stop());

const dropKey = 'ALTER TABLE audit_event DROP CONSTRAINT audit_event_pkey';

/** As a superuser who switches the triggers off, and puts everything back in the end. */
async function tampered(statements: readonly string[], look: () => Promise<void>): Promise<void> {
  await asOwner(scene.database, 'CREATE TABLE kept AS SELECT * FROM audit_event');
  await asOwner(scene.database, 'ALTER TABLE audit_event DISABLE TRIGGER ALL');
  try {
    for (const statement of statements) await asOwner(scene.database, statement);
    await look();
  } finally {
    await asOwner(scene.database, 'DELETE FROM audit_event');
    await asOwner(scene.database, 'INSERT INTO audit_event SELECT * FROM kept');
    await asOwner(scene.database, 'ALTER TABLE audit_event ENABLE TRIGGER ALL');
    await asOwner(scene.database, 'DROP TABLE kept');
    if (statements.includes(dropKey))
      await asOwner(
        scene.database,
        'ALTER TABLE audit_event ADD CONSTRAINT audit_event_pkey PRIMARY KEY (sequence)',
      );
  }
}

it('verifies the database and an export of it, the same on every export', async () => {
  const live = await scene.cli('verify');
  expect(live.output).toMatch(/^12 events, each linked[^]*1 signed heads match[^]*The chain is whole\.\n$/);
  expect(live.code).toBe(0);
  for (const name of ['one', 'two']) {
    expect((await scene.cli('export', scene.path(name), '--heads', scene.path(`${name}-heads`))).code).toBe(
      0,
    );
  }
  const text = readFileSync(scene.path('one'), 'utf8');
  expect(text).toBe(readFileSync(scene.path('two'), 'utf8'));
  expect(text).toBe(whole.map((link) => `${toLinkLine(link)}\n`).join(''));
  expect(readFileSync(scene.path('one-heads'))).toEqual(readFileSync(scene.headsFile));
  const answer = await scene.offline('verify', scene.path('one'), '--heads', scene.path('one-heads'));
  expect([answer.code, answer.errors]).toEqual([0, '']);
});

it.each([
  ['an edit', ["UPDATE audit_event SET action = 'forged' WHERE sequence = 4"], 4],
  ['an edit of who', ["UPDATE audit_event SET actor_kind = 'anonymous' WHERE sequence = 7"], 7],
  ['a microsecond', ["UPDATE audit_event SET at = at + interval '1 microsecond' WHERE sequence = 5"], 5],
  ['an edit of details', [`UPDATE audit_event SET details = '{"number": 3.5}' WHERE sequence = 2`], 2],
  ['details that are no object', [`UPDATE audit_event SET details = '5' WHERE sequence = 2`], 2],
  ['a deletion', ['DELETE FROM audit_event WHERE sequence = 6'], 6],
  ['a cut start', ['DELETE FROM audit_event WHERE sequence <= 3'], 1],
  ['a cut end', ['DELETE FROM audit_event WHERE sequence >= 9'], 9],
  ['an empty table', ['DELETE FROM audit_event'], 1],
  [
    'an insertion',
    [
      'UPDATE audit_event SET sequence = sequence + 100 WHERE sequence >= 5',
      `INSERT INTO audit_event SELECT 5, at, actor_id, actor_kind, 'forged', subject_type, subject_id, outcome, details,
         previous_hash, repeat('a', 64) FROM audit_event WHERE sequence = 105`,
      'UPDATE audit_event SET sequence = sequence - 99 WHERE sequence >= 105',
    ],
    5,
  ],
  [
    'two that changed places',
    [
      'UPDATE audit_event SET sequence = 100 WHERE sequence = 3',
      'UPDATE audit_event SET sequence = 3 WHERE sequence = 4',
      'UPDATE audit_event SET sequence = 4 WHERE sequence = 100',
    ],
    3,
  ],
  [
    'two of one number',
    [
      dropKey,
      "INSERT INTO audit_event SELECT sequence, at, actor_id, actor_kind, 'forged', subject_type, subject_id, outcome, details, previous_hash, repeat('0', 64) FROM audit_event WHERE sequence = 8",
    ],
    8,
  ],
])('names the event after %s by a superuser', async (_, statements, sequence) => {
  await tampered(statements, async () => {
    const answer = await scene.verify();
    expect(answer.output).toContain(`BROKEN at event ${sequence}:`);
    expect(answer.code).toBe(1);
  });
});

it('finds a tail whose hashes a superuser made anew, at the signed head', async () => {
  const updates: string[] = [];
  let previousHash = whole[3]!.previousHash;
  for (const link of whole.slice(3)) {
    const facts = { ...link, previousHash, action: link.sequence === '4' ? 'forged' : link.action };
    const hash = hashOf(facts);
    updates.push(
      `UPDATE audit_event SET action = '${facts.action}', previous_hash = '${previousHash}', hash = '${hash}'
       WHERE sequence = ${link.sequence}`,
    );
    previousHash = hash;
  }
  await tampered(updates, async () => {
    const { code, output } = await scene.cli('verify');
    expect(output).toMatch(/BROKEN at event 9: .*begins at event 1 or later/);
    expect(code).toBe(1);
    await scene.cli('export', scene.path('forged'));
    expect((await scene.offline('verify', scene.path('forged'))).code).toBe(0);
    const offline = await scene.offline('verify', scene.path('forged'), '--heads', scene.headsFile);
    expect([offline.code, offline.output]).toEqual([1, expect.stringContaining('BROKEN at event 9')]);
  });
  expect((await scene.cli('verify')).code).toBe(0);
});

it('keeps the application from all of it, and finds an event it made up', async () => {
  for (const statement of [
    "UPDATE audit_event SET action = 'forged'",
    'DELETE FROM audit_event',
    'TRUNCATE audit_event',
    'ALTER TABLE audit_event DISABLE TRIGGER ALL',
    'DROP TRIGGER audit_event_rows_stay ON audit_event',
    'CREATE RULE nothing AS ON INSERT TO audit_event DO INSTEAD NOTHING',
    "INSERT INTO audit_event SELECT * FROM audit_event WHERE sequence = 1 ON CONFLICT (sequence) DO UPDATE SET action = 'forged'",
  ]) {
    await expect(asLogin(scene.database.appUrl, statement)).rejects.toThrow(
      /permission denied|must be owner/,
    );
  }
  await expect(
    asLogin(scene.database.appUrl, 'INSERT INTO audit_event SELECT * FROM audit_event WHERE sequence = 4'),
  ).rejects.toThrow(/duplicate key/);
  await tampered([], async () => {
    await asLogin(
      scene.database.appUrl,
      `INSERT INTO audit_event SELECT 13, at, actor_id, actor_kind, 'forged', subject_type, subject_id, outcome, details,
         hash, repeat('b', 64) FROM audit_event WHERE sequence = 12`,
    );
    expect((await scene.verify()).output).toContain('BROKEN at event 13:');
  });
});

it('finds a heads file that was changed, cut or taken away, and a key that is another', async () => {
  const text = readFileSync(scene.headsFile, 'utf8');
  const lines = text.trimEnd().split('\n');
  const expectBroken = async (changed: string, why: RegExp): Promise<void> => {
    writeFileSync(scene.headsFile, changed);
    const answer = await scene.verify();
    expect([answer.code, answer.output]).toEqual([1, expect.stringMatching(why)]);
  };
  await expectBroken(
    text.replace('"sequence":"9"', '"sequence":"8"'),
    /BROKEN heads file: line 2: its signature/,
  );
  await expectBroken(`${lines[0]!}\n`, /BROKEN heads file: event 11 tells of a signed line/);
  await expectBroken('', /BROKEN heads file: event 10 tells of a signed line/);
  await expectBroken(`${lines[1]!}\n`, /BROKEN heads file: line 1: it does not follow/);
  writeFileSync(scene.headsFile, text);
  const other = await openAuditScene();
  await other.record(1);
  await other.cli('sign');
  const { keyId } = JSON.parse(lines[0]!) as { keyId: string };
  const own = scene.path(`audit/public-key-${keyId.slice(0, 16)}.pem`);
  expect((await scene.cli('verify', '--key', own)).code).toBe(0);
  const [first] = readFileSync(other.headsFile, 'utf8').split('\n');
  const strange = (JSON.parse(first!) as { keyId: string }).keyId.slice(0, 16);
  const wrong = await scene.cli('verify', '--key', other.path(`audit/public-key-${strange}.pem`));
  expect([wrong.code, wrong.output]).toEqual([1, expect.stringContaining('signed none of its lines')]);
  await other.stop();
});

it('answers 2, with a sentence, where there is nothing to read', async () => {
  copyFileSync(scene.headsFile, scene.path('copy'));
  for (const args of [
    ['verify', scene.path('no-such-file')],
    ['verify', scene.home],
    ['verify', scene.path('copy'), '--heads', scene.path('no-such-file')],
    ['verify', scene.path('copy'), '--key', scene.path('copy')],
    ['verify'],
    ['export'],
    ['export', scene.path('copy')],
    ['burn'],
    [],
  ]) {
    const answer = await scene.offline(...args);
    expect([args, answer.code, answer.errors]).toEqual([
      args,
      2,
      expect.stringMatching(/^picketfence: .+\n$/),
    ]);
  }
  const gone = await scene.offline('verify', scene.path('copy'));
  expect([gone.code, gone.output]).toEqual([1, expect.stringContaining('BROKEN at event 1')]);
});
