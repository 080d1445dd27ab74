import { disclaimer } from './disclaimer.js';
import { manifestBytes } from './manifest-bytes.js';
import type { CandidateManifest } from './manifest.js';
import { readManifest } from './read-manifest.js';

const hash = 'a'.repeat(64);
const manifest: CandidateManifest = {
  synthetic: true,
  label: 'SYNTHETIC',
  disclaimer,
  title: 'Heart failure',
  tier: 'LOW',
  generator: { name: 'independent-marginals', version: '1.0.0' },
  mechanismHash: hash,
  inputHash: hash,
  policyHash: hash,
  seed: '42',
  rows: 1,
  columns: [{ name: 'age', type: 'integer', decimals: 0 }],
  cellsMadeSafe: 0,
  files: [
    { name: 'heart-synthetic.csv', role: 'data', mediaType: 'text/csv', bytes: 9, sha256: hash, rows: 1 },
  ],
};
const [column] = manifest.columns;
const [file] = manifest.files;
const read = (changed: unknown): CandidateManifest => readManifest(Buffer.from(JSON.stringify(changed)));

describe('reading a manifest', () => {
  it('gives what was written', () => {
    expect(readManifest(manifestBytes(manifest))).toEqual(manifest);
  });

  it.each<[string, unknown]>([
    ['synthetic', { ...manifest, synthetic: 'true' }],
    ['label', { ...manifest, label: 'REAL' }],
    ['title', { ...manifest, title: '' }],
    ['tier', { ...manifest, tier: 'MEDIUM' }],
    ['generator', { ...manifest, generator: null }],
    ['generator.version', { ...manifest, generator: { name: 'x' } }],
    ['inputHash', { ...manifest, inputHash: 'A'.repeat(64) }],
    ['rows', { ...manifest, rows: -1 }],
    ['columns', { ...manifest, columns: {} }],
    ['columns[0].type', { ...manifest, columns: [{ ...column, type: 'text' }] }],
    ['columns[0].decimals', { ...manifest, columns: [{ ...column, decimals: 0.5 }] }],
    ['columns[1].name', { ...manifest, columns: [column, column] }],
    ['files[0].name', { ...manifest, files: [{ ...file, name: '../heart.csv' }] }],
    ['files[0].name', { ...manifest, files: [{ ...file, name: 'manifest.json' }] }],
    ['files[0].sha256', { ...manifest, files: [{ ...file, sha256: 'x' }] }],
    ['files[0].path', { ...manifest, files: [{ ...file, path: '/tmp' }] }],
    ['createdAt', { ...manifest, createdAt: '2026-01-01' }],
    ['', []],
  ])('names the bad field: %s', (path, changed) => {
    expect(() => read(changed)).toThrow(expect.objectContaining({ name: 'ManifestError', path }) as Error);
  });

  it('refuses what is not JSON in UTF-8', () => {
    expect(() => readManifest(Buffer.from('{'))).toThrow('The manifest is not JSON in UTF-8.');
    expect(() => readManifest(Uint8Array.of(0xff))).toThrow('The manifest is not JSON in UTF-8.');
  });
});
