import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as steps from '../../src/commands/example/steps.js';
import { type Cast, refusalOf, signInAll } from '../support/cast.js';
import { asOwner, eventsOn } from '../support/databases.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
let cast: Cast;
let folder: string;
beforeAll(async () => {
  service = await startService();
  cast = await signInAll(service);
  folder = mkdtempSync(join(tmpdir(), 'picketfence-statistics-'));
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true });
});

/** Two hundred rows of these columns. */
function extract(name: string, columns: Readonly<Record<string, (row: number) => string>>): string {
  const rows = Array.from({ length: 200 }, (_, row) => Object.values(columns).map((cell) => cell(row)));
  const path = join(folder, `${name}.csv`);
  writeFileSync(path, [Object.keys(columns), ...rows].map((cells) => `${cells.join(',')}\n`).join(''));
  return path;
}

async function readyProfile(file: string): Promise<{ id: string; hash: string }> {
  const texts = { name: 'Wards', description: 'Wards.', citation: 'Made up.', licence: 'CC0 1.0' };
  const source = await steps.registerSource(cast.custodian, file, texts);
  const { id } = await steps.requestProfile(cast.custodian, source.id);
  const { hash } = await steps.finishedProfile(cast.approver, id);
  return { id, hash: hash ?? '' };
}

const ward = (row: number): string => (row < 120 ? 'east' : 'west');
const sex = (row: number): string => (row % 2 === 0 ? 'female' : 'male');
const shift = (row: number): string => (row % 4 < 2 ? 'day' : 'night');

const decision = (statistic: string): steps.StatisticAnswer => ({
  statistic,
  reason: 'Learners compare the wards by it; it is spread evenly.',
  risk: 'LOW',
  methods: ['ROUNDING', 'SUPPRESSION'],
  control: 'Counts are rounded to five and rest on ten people or more.',
});

it('a version with more columns is signed when each of them is decided on, by its name', async () => {
  await steps.signProfile(cast.approver, await readyProfile(extract('first', { ward })));
  const second = await readyProfile(extract('second', { ward, sex, shift }));
  const { review } = await cast.approver.call<{ review: { added: { statistic: string }[] } }>(
    'query ($id: ID!) { profile(id: $id) { review { added { statistic why } } } }',
    { id: second.id },
  );
  expect(review.added.map(({ statistic }) => statistic)).toEqual(['column sex', 'column shift']);
  const silent = await refusalOf(steps.signProfile(cast.approver, second));
  expect([silent.code, silent.place]).toEqual(['STATISTIC_NOT_DECIDED', 'column sex']);
  const half = await refusalOf(steps.signProfile(cast.approver, second, [decision('column sex')]));
  expect([half.code, half.place]).toEqual(['STATISTIC_NOT_DECIDED', 'column shift']);
  const both = [decision('column sex'), decision('column shift')];
  const stray = await refusalOf(steps.signProfile(cast.approver, second, [...both, decision('column ward')]));
  expect(stray.place).toBe('column ward');
  expect((await steps.signProfile(cast.approver, second, both)).state).toBe('SIGNED');
  expect(
    await cast.auditor.call(
      'query ($id: ID!) { profile(id: $id) { statistics { statistic reason risk methods control } } }',
      { id: second.id },
    ),
  ).toEqual({ statistics: both });
  const events = (await eventsOn(service.database, second.id)).filter(
    ({ action }) => action === 'sign-profile',
  );
  expect(events.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'refused', 'done']);
  expect(events.at(-1)?.details).toMatchObject({ statistics: both });
  const fewer = await readyProfile(extract('third', { ward, sex }));
  expect((await steps.signProfile(cast.approver, fewer)).state).toBe('SIGNED');
});

it('a profile is asked for under stricter rules than the policy, never under laxer ones', async () => {
  const texts = { name: 'Shifts', description: 'Shifts.', citation: 'Made up.', licence: 'CC0 1.0' };
  const { id: sourceId } = await steps.registerSource(cast.custodian, extract('shifts', { shift }), texts);
  const ask = (stricter: Record<string, number>): Promise<{ id: string }> =>
    cast.custodian.call(
      `mutation ($sourceId: ID!, $stricter: StricterControlInput) {
         requestProfile(sourceId: $sourceId, stricter: $stricter) {
           __typename ... on Profile { id } ... on Refusal { code message place } } }`,
      { sourceId, stricter },
    );
  const laxer = await refusalOf(ask({ cellCountMin: 20, countRounding: 1 }));
  expect([laxer.code, laxer.place]).toEqual(['BAD_PARAMETERS', 'countRounding']);
  const { id } = await ask({ cellCountMin: 20, countRounding: 40 });
  const profile = await steps.finishedProfile(cast.approver, id);
  const [row] = await asOwner<{ control: object; rows: number }>(
    service.database,
    `SELECT content->'disclosureControl' AS control, (content->'columns'->0->>'count')::int AS rows FROM profile WHERE id = $1`,
    [id],
  );
  expect(row?.control).toMatchObject({ cellCountMin: 20, countRounding: 40, tailShare: 0.01, binsMax: 50 });
  expect(row?.rows).toBe(200);
  await steps.signProfile(cast.approver, { id, hash: profile.hash ?? '' });
});
