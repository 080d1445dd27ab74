import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import { blocksOf, numbers, tableOf, textOf, texts } from '../testing/tables.js';
import { disclaimer } from './disclaimer.js';
import type { PackageDescription, WrittenPackage } from './finish-package.js';
import type { PackageSink } from './package-sink.js';
import { readManifest } from './read-manifest.js';
import { slugOf } from './slug.js';
import { writeCandidatePackage } from './write-package.js';

const description: PackageDescription = {
  title: 'Heart | failure, 2024',
  tier: 'LOW',
  generator: { name: 'independent-marginals', version: '1.0.0' },
  mechanismHash: 'a'.repeat(64),
  inputHash: 'b'.repeat(64),
  policyHash: 'c'.repeat(64),
  seed: '42',
  columns: [
    { name: 'ward', type: 'category' },
    { name: 'age', type: 'integer', decimals: 0 },
  ],
};

class MemorySink implements PackageSink {
  readonly files = new Map<string, string>();

  async writeFile(name: string, bytes: AsyncIterable<Uint8Array>): ReturnType<PackageSink['writeFile']> {
    const text = await textOf(bytes);
    this.files.set(name, text);
    return { bytes: Buffer.byteLength(text), sha256: sha256Hex(text) };
  }
}

const write = (sink: PackageSink): Promise<WrittenPackage> =>
  writeCandidatePackage(
    blocksOf(tableOf({ ward: texts('=A', 'B'), age: numbers(40, 41) })),
    description,
    sink,
  );

describe('a candidate package', () => {
  it('holds the data, a README and, last, a manifest that covers them by hash', async () => {
    const sink = new MemorySink();
    const { manifest, manifestHash } = await write(sink);
    expect([...sink.files.keys()]).toEqual([
      'heart-failure-2024-synthetic.csv',
      'README.md',
      'manifest.json',
    ]);
    expect(manifest).toMatchObject({ synthetic: true, label: 'SYNTHETIC', rows: 2, cellsMadeSafe: 1 });
    expect(manifest.files.map(({ name, rows }) => [name, rows])).toEqual([
      ['heart-failure-2024-synthetic.csv', 2],
      ['README.md', undefined],
    ]);
    for (const { name, bytes, sha256 } of manifest.files) {
      expect([bytes, sha256]).toEqual([
        Buffer.byteLength(sink.files.get(name)!),
        sha256Hex(sink.files.get(name)!),
      ]);
    }
    expect(manifestHash).toBe(sha256Hex(sink.files.get('manifest.json')!));
  });

  it('is the same, byte for byte, when it is written again', async () => {
    const [first, second] = [new MemorySink(), new MemorySink()];
    await write(first);
    await write(second);
    expect(second.files).toEqual(first.files);
  });

  it('says in its README what it is, what it is not good for, and the hash of the data', async () => {
    const sink = new MemorySink();
    const { manifest } = await write(sink);
    const readme = sink.files.get('README.md')!;
    expect(readme).toContain(disclaimer);
    expect(readme).toContain('# Heart \\| failure, 2024: synthetic data');
    expect(readme).toContain('No relation between columns may be analysed');
    expect(readme).toContain('Not for direct care');
    expect(readme).toContain('1 cell or heading begins with an apostrophe');
    expect(readme).toContain(manifest.files[0]!.sha256);
  });

  it('is read back as it was written', async () => {
    const sink = new MemorySink();
    const { manifest } = await write(sink);
    expect(readManifest(Buffer.from(sink.files.get('manifest.json')!))).toEqual(manifest);
  });

  it('is refused when the sink stored another manifest', async () => {
    const sink = new MemorySink();
    const lying: PackageSink = {
      writeFile: async (name, bytes) => ({ ...(await sink.writeFile(name, bytes)), sha256: 'f'.repeat(64) }),
    };
    await expect(write(lying)).rejects.toThrow('manifest.json was not stored as it was written.');
  });
});

describe('a slug', () => {
  it.each([
    ['Heart Failure', 'heart-failure'],
    ['  Énfants: 0–5 ', 'enfants-0-5'],
    ['../../etc', 'etc'],
    ['患者', 'dataset'],
    ['x'.repeat(59) + ' y', 'x'.repeat(59)],
  ])('of %j is %s', (title, slug) => {
    expect(slugOf(title)).toBe(slug);
  });
});
