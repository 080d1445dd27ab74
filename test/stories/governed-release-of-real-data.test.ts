import { createHash } from 'node:crypto';
import { type ApiClient } from '../../src/commands/example/api-client.js';
import * as steps from '../../src/commands/example/steps.js';
import { findBrokenLink } from '../../src/modules/audit/audit.chain.js';
import { type Cast, exampleFile, signInAll } from '../support/cast.js';
import { asOwner, auditChain, eventsOn } from '../support/databases.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const disclaimer = 'These data are artificially generated, any resemblance to real patients is coincidental.';

const description = {
  name: 'Breast Cancer Wisconsin (Diagnostic)',
  description: 'Features of cell nuclei.',
  citation: 'Wolberg et al. (1993), doi 10.24432/C5DW2B',
  licence: 'CC BY 4.0',
};

interface Action {
  readonly command: string;
  readonly refusal: { readonly code: string } | null;
}

/** The state a person sees, and the commands they may give now. */
async function seenBy(person: ApiClient, id: string): Promise<{ state: string; may: string[] }> {
  const { state, allowedActions } = await person.call<{ state: string; allowedActions: Action[] }>(
    'query ($id: ID!) { request(id: $id) { state allowedActions { command refusal { code } } } }',
    { id },
  );
  return { state, may: allowedActions.filter(({ refusal }) => !refusal).map(({ command }) => command) };
}

async function expectSeen(
  cast: Cast,
  id: string,
  state: string,
  may: Readonly<Record<string, string[]>>,
): Promise<void> {
  const people = ['researcher', 'operator', 'evaluator', 'approver'] as const;
  const seen = await Promise.all(people.map((who) => seenBy(cast[who], id)));
  expect(Object.fromEntries(people.map((who, index) => [who, seen[index]?.may]))).toEqual({
    researcher: [],
    operator: [],
    evaluator: [],
    approver: [],
    ...may,
  });
  expect(new Set(seen.map((one) => one.state))).toEqual(new Set([state]));
}

async function takenTo(
  step: 'SUBMITTED' | 'PUBLISHED',
  cast: Cast,
): Promise<{ id: string; mechanismHash: string; candidateHash: string }> {
  const source = await steps.registerSource(cast.custodian, exampleFile, {
    ...description,
    name: `For ${step}`,
  });
  expect(source.releasableColumns).toHaveLength(31);
  expect(source.releasableColumns).not.toContain('id');
  const profile = await steps.signedProfile(cast.custodian, cast.approver, source.id);
  const mechanism = await steps.registerMechanism(cast.operator, {
    generator: 'independent-marginals',
    profileId: profile.id,
  });
  const { id } = await steps.draftRequest(cast.researcher, source.id, {
    title: 'Breast cancer diagnostics',
    purpose: 'Teach data preparation without access to the extract.',
    columns: source.releasableColumns,
    rows: 569,
  });
  await expectSeen(cast, id, 'DRAFT', { researcher: ['submit', 'withdraw'] });
  await steps.submitRequest(cast.researcher, id);
  const auditTeam = ['agree', 'return', 'decline'];
  await expectSeen(cast, id, 'SUBMITTED', {
    researcher: ['withdraw'],
    operator: auditTeam,
    evaluator: auditTeam,
  });
  if (step === 'SUBMITTED') return { id, mechanismHash: mechanism.hash, candidateHash: '' };
  await steps.agreeRequest(cast.operator, id);
  await expectSeen(cast, id, 'AGREED', { researcher: ['withdraw'], operator: ['generate'] });
  await steps.generateCandidate(cast.operator, id, { mechanismId: mechanism.id, seed: 'story' });
  const { candidateHash } = await steps.requestIn(cast.evaluator, id, ['EVALUATING']);
  await expectSeen(cast, id, 'EVALUATING', {
    operator: ['close'],
    evaluator: ['rework', 'endorse', 'recheck', 'close'],
  });
  await steps.endorseRequest(cast.evaluator, id, candidateHash ?? '');
  await expectSeen(cast, id, 'IG_REVIEW', {
    operator: ['close'],
    evaluator: ['recheck', 'close'],
    approver: ['return', 'approve', 'query', 'reject'],
  });
  await steps.approveRequest(cast.approver, id, candidateHash ?? '');
  await steps.requestIn(cast.researcher, id, ['PUBLISHED']);
  await expectSeen(cast, id, 'PUBLISHED', {
    operator: ['suspend'],
    evaluator: ['suspend'],
    approver: ['suspend', 'recall'],
  });
  return { id, mechanismHash: mechanism.hash, candidateHash: candidateHash ?? '' };
}

it('takes a real extract through all eight steps to a download, each person doing their part', async () => {
  const cast = await signInAll(service);
  const { id, mechanismHash, candidateHash } = await takenTo('PUBLISHED', cast);
  const release = await steps.releaseOf(cast.researcher, id);
  const texts: Record<string, string> = {};
  for (const { name, path, sha256 } of release.files) {
    const response = await cast.researcher.get(path);
    expect(response.status).toBe(200);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    texts[name] = bytes.toString('utf8');
  }
  const data = 'breast-cancer-diagnostics-synthetic.csv';
  expect(Object.keys(texts)).toEqual([data, `${data}-metadata.json`, 'README.md', 'manifest.json']);
  expect(texts['README.md']).toContain(disclaimer);
  expect(texts[data]?.split('\n')).toHaveLength(571);
  expect(texts[data]?.split('\n')[0]).not.toMatch(/(^|,)id(,|$)/);
  const [policy] = await asOwner<{ hash: string }>(
    service.database,
    'SELECT policy_hash AS hash FROM request WHERE id = $1',
    [id],
  );
  expect(JSON.parse(texts['manifest.json'] ?? '{}')).toMatchObject({
    synthetic: true,
    disclaimer,
    tier: 'LOW',
    rows: 569,
    seed: 'story',
    mechanismHash,
    policyHash: policy?.hash,
    files: release.files.slice(0, -1).map(({ name, sha256 }) => ({ name, sha256 })),
  });
  expect(release.files.at(-1)).toMatchObject({ name: 'manifest.json', sha256: candidateHash });
  await expectReadingsRecorded(release.files.map(({ sha256 }) => sha256));
});

/** The extract and the candidate are read by jobs: each says what it read, for what, and on whose behalf. */
async function expectReadingsRecorded(released: readonly string[]): Promise<void> {
  const rows = await asOwner<{
    purpose: string;
    who: string;
    zone: string;
    sha256: string;
    extract: boolean;
  }>(
    service.database,
    `SELECT details ->> 'purpose' AS purpose, split_part(person.email, '@', 1) AS who,
       object ->> 'zone' AS zone, object ->> 'sha256' AS sha256,
       EXISTS (SELECT FROM source WHERE content_hash = object ->> 'sha256') AS extract
     FROM audit_event CROSS JOIN jsonb_array_elements(details -> 'objects') AS object
     JOIN person ON person.id = (details ->> 'onBehalfOf')::uuid
     WHERE action = 'read-objects'`,
  );
  const readings = (purpose: string): string[] =>
    rows
      .filter((row) => row.purpose === purpose)
      .map(({ who, zone, sha256, extract }) => `${who} ${zone} ${extract ? 'extract' : sha256}`)
      .sort();
  const quarantine = (who: string): string[] => released.map((sha256) => `${who} quarantine ${sha256}`);
  expect(readings('inspect')).toEqual(['custodian real-zone extract']);
  expect(readings('profile')).toEqual(['custodian real-zone extract']);
  expect(readings('check')).toEqual([...quarantine('operator'), 'operator real-zone extract'].sort());
  expect(readings('publish')).toEqual(quarantine('approver').sort());
  expect(await asOwner(service.database, 'SELECT FROM object_read WHERE recorded_at IS NULL')).toEqual([]);
  expect(rows.some(({ purpose }) => purpose === 'generate')).toBe(false);
}

it('records every step in a chain that holds, and in which any change shows', async () => {
  const cast = await signInAll(service);
  const { id } = await takenTo('SUBMITTED', cast);
  const links = await auditChain(service.database);
  expect(findBrokenLink(links)).toBeNull();
  expect((await eventsOn(service.database, id)).map(({ action }) => action)).toEqual([
    'draft-request',
    'submit-request',
  ]);
  const [middle, last] = [Math.floor(links.length / 2), links.length - 1];
  const changed = (index: number, change: object): typeof links =>
    links.map((link, at) => (at === index ? { ...link, ...change } : link));
  expect(findBrokenLink(changed(middle, { action: 'another' }))).not.toBeNull();
  expect(findBrokenLink(changed(last, { outcome: 'refused' }))).not.toBeNull();
  expect(findBrokenLink(changed(0, { details: { roles: ['ig-approver'] } }))).not.toBeNull();
  expect(findBrokenLink(links.filter((_, at) => at !== middle))).not.toBeNull();
  expect(findBrokenLink(links.slice(1))).not.toBeNull();
});
