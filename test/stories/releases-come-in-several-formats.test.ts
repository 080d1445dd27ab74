import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiClient } from '../../src/commands/example/api-client.js';
import * as steps from '../../src/commands/example/steps.js';
import { openDuckDb } from '../../src/core/files/duckdb.js';
import type { CandidateManifest } from '../../src/exporters/package/manifest.js';
import { readManifest } from '../../src/exporters/package/read-manifest.js';
import { exporters } from '../../src/exporters/registry.js';
import { agreedRequest, type Cast, type Prepared, prepareSource, signInAll } from '../support/cast.js';
import { lastEvent } from '../support/databases.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
let cast: Cast;
let prepared: Prepared;
beforeAll(async () => {
  service = await startService();
  cast = await signInAll(service);
  prepared = await prepareSource(cast);
});
afterAll(() => service.stop());

async function released(formats: readonly string[]): Promise<steps.ReleaseAnswer> {
  const id = await agreedRequest(cast, prepared, { formats });
  await steps.generateCandidate(cast.operator, id, { mechanismId: prepared.mechanismId });
  const checked = await steps.requestIn(cast.evaluator, id, ['EVALUATING', 'BLOCKED', 'AGREED']);
  expect(checked.state).toBe('EVALUATING');
  const candidateHash = checked.candidateHash ?? '';
  await steps.endorseRequest(cast.evaluator, id, candidateHash);
  await steps.approveRequest(cast.approver, id, candidateHash);
  await steps.requestIn(cast.researcher, id, ['PUBLISHED']);
  return steps.releaseOf(cast.researcher, id);
}

/** Every file as the researcher gets it, in a folder. */
async function downloaded(
  release: steps.ReleaseAnswer,
): Promise<{ readonly folder: string; readonly manifest: CandidateManifest }> {
  const folder = join(service.home, 'downloaded', release.id);
  mkdirSync(folder, { recursive: true });
  for (const { name, path, sha256 } of release.files) {
    const response = await cast.researcher.get(path);
    expect(response.status).toBe(200);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    writeFileSync(join(folder, name), bytes);
    if (name === 'manifest.json') {
      const manifest = readManifest(bytes);
      expect([...manifest.files.map((file) => file.name), name]).toEqual(
        release.files.map((file) => file.name),
      );
      return { folder, manifest };
    }
    expect(response.headers.get('content-disposition')).toContain(name);
  }
  throw new Error('The release has no manifest.');
}

const base = 'breast-cancer-diagnostics-synthetic';

it('gives a request for CSV and Parquet both files, with the very same cells', async () => {
  const release = await released(['parquet', 'csv']);
  expect(release.files.map(({ name }) => name)).toEqual([
    ...[`${base}.csv`, `${base}.csv-metadata.json`, `${base}.parquet`, 'README.md', 'manifest.json'],
  ]);
  const { folder, manifest } = await downloaded(release);
  expect(manifest.files.map(({ role, mediaType, checked }) => [role, mediaType, checked])).toEqual([
    ['data', 'text/csv', true],
    ['descriptor', 'application/csvm+json', undefined],
    ['data', 'application/vnd.apache.parquet', undefined],
    ['readme', 'text/markdown', undefined],
  ]);
  const db = await openDuckDb({ allowedDirectories: [folder], tempDirectory: folder });
  const [csv = [], parquet] = await Promise.all(
    exporters.map((exporter) =>
      db.query(exporter.cellsSql(join(folder, `${base}.${exporter.name}`), manifest.columns)),
    ),
  ).finally(() => {
    db.close();
  });
  expect(csv).toHaveLength(100);
  expect(parquet).toEqual(csv);
  expect(await lastEvent(service.database, 'download-file')).toMatchObject({ outcome: 'done' });
  const [entry] = await cast.outsider.call<{ formats: string[] }[]>('{ catalogue(first: 1) { formats } }');
  expect(entry?.formats).toEqual(['parquet', 'csv']);
  const evidenceFor = async (person: ApiClient): Promise<{ content: string | null; hash: string }> => {
    const query = 'query ($id: ID!) { release(id: $id) { evidence { content hash } } }';
    const { evidence } = await person.call<{ evidence: { content: string | null; hash: string } }>(query, {
      id: release.id,
    });
    return evidence;
  };
  const { content, hash } = await evidenceFor(cast.approver);
  // By the manifest the evidence covers every file.
  expect(JSON.parse(content ?? '')).toMatchObject({ candidateHash: release.files.at(-1)?.sha256 });
  // Figures of real rows are not for whoever gets the release: what they can hold against them is.
  expect(await evidenceFor(cast.researcher)).toEqual({ content: null, hash });
});

it('gives a request for Parquet alone no other file of data, and the checks read that one', async () => {
  const release = await released(['parquet']);
  expect(release.files.map(({ name }) => name)).toEqual([`${base}.parquet`, 'README.md', 'manifest.json']);
  const { manifest } = await downloaded(release);
  expect(manifest.files[0]).toMatchObject({ rows: 100, formulaCells: 'raw', checked: true });
});
