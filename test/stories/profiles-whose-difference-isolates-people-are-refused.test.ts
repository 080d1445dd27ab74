import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as steps from '../../src/commands/example/steps.js';
import { type Cast, refusalOf, signInAll } from '../support/cast.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
let cast: Cast;
let folder: string;
beforeAll(async () => {
  service = await startService();
  cast = await signInAll(service);
  folder = mkdtempSync(join(tmpdir(), 'picketfence-wards-'));
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true });
});

/** A table of one column, so many rows a ward. */
function wards(name: string, counts: Readonly<Record<string, number>>): string {
  const rows = Object.entries(counts).flatMap(([ward, count]) => Array<string>(count).fill(ward));
  const path = join(folder, `${name}.csv`);
  writeFileSync(path, `ward\n${rows.join('\n')}\n`);
  return path;
}

async function readyProfile(file: string, name: string): Promise<{ id: string; hash: string }> {
  const texts = { name, description: 'Wards.', citation: 'Made up.', licence: 'CC0 1.0' };
  const source = await steps.registerSource(cast.custodian, file, texts);
  const { id } = await steps.requestProfile(cast.custodian, source.id);
  const { hash } = await steps.finishedProfile(cast.approver, id);
  return { id, hash: hash ?? '' };
}

const sign = ({ id, hash }: { id: string; hash: string }): Promise<{ state: string }> =>
  cast.approver.call(
    `mutation ($id: ID!, $hash: String!) {
       signProfile(id: $id, hash: $hash) { __typename ... on Profile { state } ... on Refusal { code message place } }
     }`,
    { id, hash },
  );

it('a version from which five people are gone is not signed, and both profiles are named', async () => {
  const first = await readyProfile(wards('before', { east: 50, west: 100 }), 'Leavers');
  await sign(first);
  const second = await readyProfile(wards('after', { east: 45, west: 100 }), 'Leavers');
  const refused = await refusalOf(sign(second));
  expect(refused.code).toBe('DISCLOSURE_RISK');
  const { review } = await cast.approver.call<{
    review: { status: string; findings: { publications: string[] }[]; changes: string[] };
  }>(
    'query ($id: ID!) { profile(id: $id) { review { status description findings { publications why } changes } } }',
    { id: second.id },
  );
  expect(review.status).toBe('FAIL');
  expect(review.findings[0]?.publications).toContain(first.hash);
  expect(review.changes.length).toBeGreaterThan(0);
});

it('the same profile made again is signed again', async () => {
  const file = wards('same', { east: 50, west: 100 });
  const first = await readyProfile(file, 'Same');
  await sign(first);
  const [source] = (
    await cast.custodian.call<{ id: string; name: string }[]>('{ sources { id name } }')
  ).filter(({ name }) => name === 'Same');
  const { id } = await steps.requestProfile(cast.custodian, source?.id ?? '');
  const { hash } = await steps.finishedProfile(cast.approver, id);
  expect(hash).toBe(first.hash);
  expect((await sign({ id, hash: hash ?? '' })).state).toBe('SIGNED');
});

it('the review is for those who sign', async () => {
  const { id } = await readyProfile(wards('review', { east: 60, west: 100 }), 'Review');
  const ask = 'query ($id: ID!) { profile(id: $id) { columns { name } review { description } } }';
  expect(await cast.operator.call(ask, { id })).toEqual({ columns: null, review: null });
  expect(await cast.approver.call(ask, { id })).toMatchObject({
    review: { description: expect.stringContaining('What leaves the real zone') as string },
  });
});
