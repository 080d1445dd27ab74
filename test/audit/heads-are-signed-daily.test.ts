import { appendFileSync, existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { pino } from 'pino';
import { AuditHeads } from '../../src/modules/audit/audit-heads.service.js';
import type { HeadsEntry } from '../../src/modules/audit/audit-head.js';
import { SignAuditHead } from '../../src/modules/audit/sign-audit-head.sweep.js';
import { loadConfig } from '../../src/modules/platform/config/config.js';
import { Sweeper } from '../../src/modules/platform/sweeps/sweeper.js';
import { auditChain } from '../support/databases.js';
import { type AuditScene, openAuditScene } from './audit-scene.js';

let now = new Date('2026-03-01T10:00:00.000Z');
const clock = { now: () => now };
let scene: AuditScene;

beforeEach(async () => {
  now = new Date('2026-03-01T10:00:00.000Z');
  scene = await openAuditScene(clock);
  await scene.record(3);
});
afterEach(() => scene.stop());

function entries(): HeadsEntry[] {
  if (!existsSync(scene.headsFile)) return [];
  const lines = readFileSync(scene.headsFile, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as HeadsEntry);
}

const kinds = (): string[] => entries().map(({ kind }) => kind);

async function actions(): Promise<string[]> {
  return (await auditChain(scene.database))
    .map(({ action }) => action)
    .filter((action) => action !== 'test-event');
}

/** As the worker runs it. */
function sweeper(): Sweeper {
  const config = loadConfig({ PICKETFENCE_HOME: scene.home, DATABASE_APP_URL: scene.database.appUrl });
  const options = { clock, logger: pino({ level: 'silent' }), intervalMs: 1000 };
  return new Sweeper(scene.dataSource, [new SignAuditHead(scene.audit, config)], options);
}

const signDaily = (): Promise<boolean> =>
  scene.dataSource.transaction((manager) => scene.heads.signDaily(manager, now));

async function expectWhole(): Promise<void> {
  const answer = await scene.verify();
  expect([answer.code, answer.output]).toEqual([0, expect.stringContaining('The chain is whole.')]);
}

it('signs once a day, the first time with a new key that only its owner can read', async () => {
  await sweeper().sweepAll();
  await sweeper().sweepAll();
  now = new Date('2026-03-01T23:59:59.999Z');
  await sweeper().sweepAll();
  expect(kinds()).toEqual(['key', 'head']);
  expect(entries()[1]).toMatchObject({ sequence: '3', signedAt: '2026-03-01T10:00:00.000Z' });
  expect(statSync(scene.path('secrets/audit-signing-key.pem')).mode & 0o777).toBe(0o600);
  now = new Date('2026-03-02T00:00:00.000Z');
  await sweeper().sweepAll();
  expect(kinds()).toEqual(['key', 'head', 'head']);
  expect(await actions()).toEqual(['announce-audit-key', 'sign-audit-head', 'sign-audit-head']);
  await expectWhole();
});

it('signs nothing while nothing has happened', async () => {
  const empty = await openAuditScene(clock);
  const signed = await empty.dataSource.transaction((manager) => empty.heads.signDaily(manager, now));
  expect([signed, existsSync(empty.headsFile)]).toEqual([false, false]);
  expect((await empty.verify()).output).toContain('0 events');
  await empty.stop();
});

it('signs once when many workers find the day at once', async () => {
  const tries = Array.from({ length: 10 }, () => [sweeper().sweepAll(), signDaily().then(() => undefined)]);
  await Promise.all(tries.flat());
  expect(kinds()).toEqual(['key', 'head']);
  expect(await actions()).toEqual(['announce-audit-key', 'sign-audit-head']);
});

it('makes up for the events of lines whose writer was killed before it could commit', async () => {
  const killed = scene.dataSource.transaction(async (manager) => {
    await scene.heads.signDaily(manager, now);
    throw new Error('killed');
  });
  await expect(killed).rejects.toThrow('killed');
  expect([kinds(), await actions()]).toEqual([['key', 'head'], []]);
  await expectWhole();
  expect(await signDaily()).toBe(false);
  expect([kinds(), await actions()]).toEqual([
    ['key', 'head'],
    ['announce-audit-key', 'sign-audit-head'],
  ]);
  await expectWhole();
});

it('goes on after a line that a power cut tore', async () => {
  await signDaily();
  appendFileSync(scene.headsFile, readFileSync(scene.headsFile, 'utf8').slice(0, 90));
  expect((await scene.verify()).output).toContain('line 3: it is cut off');
  now = new Date('2026-03-02T10:00:00.000Z');
  expect(await signDaily()).toBe(true);
  await expectWhole();
});

it('does not add to a file that was changed, or that is another', async () => {
  await signDaily();
  now = new Date('2026-03-02T10:00:00.000Z');
  const text = readFileSync(scene.headsFile, 'utf8');
  writeFileSync(scene.headsFile, text.replace('"sequence":"3"', '"sequence":"2"'));
  await expect(signDaily()).rejects.toThrow(/was changed, line 2: its signature does not hold/);
  writeFileSync(scene.headsFile, `${text.split('\n')[0]!}\n`);
  await expect(signDaily()).rejects.toThrow(/does not hold the line that event 5 tells of/);
  writeFileSync(scene.headsFile, text);
  renameSync(scene.path('secrets/audit-signing-key.pem'), scene.path('secrets/lost.pem'));
  await expect(signDaily()).rejects.toThrow(/is not the key the heads are signed with/);
  renameSync(scene.path('secrets/lost.pem'), scene.path('secrets/audit-signing-key.pem'));
  expect(await signDaily()).toBe(true);
  await expectWhole();
});

it('hands over to a new key, announced by the old one, also when it is killed in between', async () => {
  await signDaily();
  const old = entries()[0]!.keyId;
  expect((await scene.cli('rotate-key')).code).toBe(0);
  now = new Date('2026-03-02T10:00:00.000Z');
  await signDaily();
  expect(kinds()).toEqual(['key', 'head', 'key', 'head']);
  const [, , announcement, head] = entries();
  expect(announcement?.keyId).toBe(old);
  expect(head?.keyId).not.toBe(old);
  await expectWhole();
  for (const id of [old, head!.keyId]) {
    expect(
      (await scene.cli('verify', '--key', scene.path(`audit/public-key-${id.slice(0, 16)}.pem`))).code,
    ).toBe(0);
  }
  // Killed after the announcement, before the new key took the place of the old one.
  renameSync(scene.path('secrets/audit-signing-key.pem'), scene.path('secrets/audit-signing-key.next.pem'));
  now = new Date('2026-03-03T10:00:00.000Z');
  expect(await signDaily()).toBe(true);
  expect(existsSync(scene.path('secrets/audit-signing-key.pem'))).toBe(true);
  await expectWhole();
});

it('compares file and database as of one moment, however often heads are signed meanwhile', async () => {
  const stopping = new AbortController();
  const other = new AuditHeads(scene.audit, scene.home);
  const signAgain = async (): Promise<void> => {
    while (!stopping.signal.aborted)
      await scene.dataSource.transaction((manager) => other.sign(manager, now));
  };
  const signing = signAgain();
  const [file, heads] = [scene.path('export'), scene.path('export-heads')];
  try {
    for (let turn = 0; turn < 3; turn += 1) await expectWhole();
    await scene.cli('export', file, '--heads', heads);
  } finally {
    stopping.abort();
    await signing;
  }
  expect((await scene.offline('verify', file, '--heads', heads)).code).toBe(0);
});
