import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { Table } from '../../core/table/table.js';
import { csvExporter } from '../csv/csv-exporter.js';
import type { Exporter } from '../exporter.js';
import { parquetExporter } from '../parquet/parquet-exporter.js';
import { exporters } from '../registry.js';
import { blocksOf, numbers, tableOf, texts } from '../testing/tables.js';
import { disclaimer } from './disclaimer.js';
import type { PackageDescription, WrittenPackage } from './finish-package.js';
import { checkedFile } from './manifest.js';
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

/** Keeps a package in a folder. */
class FolderSink implements PackageSink {
  readonly folder = mkdtempSync(join(tmpdir(), 'picketfence-package-'));
  readonly names: string[] = [];

  async writeFile(name: string, bytes: AsyncIterable<Uint8Array>): ReturnType<PackageSink['writeFile']> {
    const path = join(this.folder, name);
    await writeFile(path, bytes);
    this.names.push(name);
    const stored = this.bytesOf(name);
    return { bytes: stored.length, sha256: sha256Hex(stored), path: () => Promise.resolve(path) };
  }

  bytesOf(name: string): Buffer {
    return readFileSync(join(this.folder, name));
  }

  textOf(name: string): string {
    return this.bytesOf(name).toString('utf8');
  }
}

const csvName = 'heart-failure-2024-synthetic.csv';
const parquetName = 'heart-failure-2024-synthetic.parquet';

/** The same rows but for one cell. */
async function* withOlderLast(blocks: AsyncIterable<Table>): AsyncGenerator<Table> {
  for await (const block of blocks)
    yield { ...block, columns: new Map([...block.columns, ['age', numbers(40, 42)]]) };
}

describe('a candidate package', () => {
  const sinks: FolderSink[] = [];
  const aSink = (): FolderSink => {
    const sink = new FolderSink();
    sinks.push(sink);
    return sink;
  };
  afterEach(async () => {
    for (const { folder } of sinks.splice(0)) await rm(folder, { recursive: true });
  });

  const write = (
    sink: PackageSink & { readonly folder: string },
    exporters: readonly Exporter[] = [csvExporter],
  ): Promise<WrittenPackage> =>
    writeCandidatePackage(blocksOf(tableOf({ ward: texts('=A', 'B'), age: numbers(40, 41) })), description, {
      ...{ sink, exporters, scratch: sink.folder },
    });

  it('holds the data, its description, a README and, last, a manifest that covers them by hash', async () => {
    const sink = aSink();
    const { manifest, manifestHash, files } = await write(sink);
    expect(sink.names).toEqual([csvName, `${csvName}-metadata.json`, 'README.md', 'manifest.json']);
    expect(files.map(({ name }) => name)).toEqual(sink.names);
    expect(manifest).toMatchObject({ synthetic: true, label: 'SYNTHETIC', rows: 2, cellsMadeSafe: 1 });
    expect(manifest.files.map(({ role, rows, checked }) => [role, rows, checked])).toEqual([
      ['data', 2, true],
      ['descriptor', undefined, undefined],
      ['readme', undefined, undefined],
    ]);
    for (const { name, bytes, sha256 } of files)
      expect([bytes, sha256]).toEqual([sink.bytesOf(name).length, sha256Hex(sink.bytesOf(name))]);
    expect(manifestHash).toBe(files.at(-1)?.sha256);
  });

  it('has every format that was asked for, and says which one the checks read and which one is raw', async () => {
    const sink = aSink();
    const { manifest } = await write(sink, exporters);
    const data = manifest.files.filter(({ role }) => role === 'data');
    expect(data).toMatchObject([
      { name: csvName, mediaType: 'text/csv', rows: 2, formulaCells: 'escaped', checked: true },
      { name: parquetName, mediaType: 'application/vnd.apache.parquet', rows: 2, formulaCells: 'raw' },
    ]);
    expect(data[1]?.checked).toBeUndefined();
    expect(checkedFile(manifest)?.name).toBe(csvName);
    expect(readdirSync(sink.folder).sort()).toEqual([...sink.names].sort());
    const readme = sink.textOf('README.md');
    expect(readme).toContain(`pandas.read_parquet("${parquetName}")`);
    expect(readme).toContain(`FROM read_csv('${csvName}')`);
    expect(readme).toContain('without an apostrophe before formulas');
    expect(readme).toContain(`The checks of this dataset read ${csvName}.`);
  });

  it('may be of Parquet alone, which then is what the checks read', async () => {
    const sink = aSink();
    const { manifest } = await write(sink, [parquetExporter]);
    expect(sink.names).toEqual([parquetName, 'README.md', 'manifest.json']);
    expect(manifest.cellsMadeSafe).toBe(0);
    expect(checkedFile(manifest)?.name).toBe(parquetName);
  });

  it('is refused when one format holds another cell than the other', async () => {
    const altered: Exporter = {
      ...parquetExporter,
      open: (blocks, options) => parquetExporter.open(withOlderLast(blocks), options),
    };
    const sink = aSink();
    await expect(write(sink, [csvExporter, altered])).rejects.toThrow(
      `${csvName} and ${parquetName} do not hold the same: row 2 differs.`,
    );
    expect(sink.names).not.toContain('manifest.json');
  });

  it('fails as a whole, and waits for nobody, when one format cannot be written', async () => {
    const broken: Exporter = {
      ...parquetExporter,
      open: (_, options) => parquetExporter.open(blocksOf(tableOf({ ward: texts('A') })), options),
    };
    const sink = aSink();
    await expect(write(sink, [csvExporter, broken])).rejects.toThrow('"age"');
    expect(sink.names).toEqual([]);
  });

  it('is the same, byte for byte, when it is written again', async () => {
    const [first, second] = [aSink(), aSink()];
    await write(first, exporters);
    await write(second, exporters);
    expect([...second.names].sort()).toEqual([...first.names].sort());
    for (const name of first.names) expect(second.bytesOf(name).equals(first.bytesOf(name))).toBe(true);
  });

  it('says in its README what it is, what it is not good for, and the hash of the data', async () => {
    const sink = aSink();
    const { manifest } = await write(sink);
    const readme = sink.textOf('README.md');
    expect(readme).toContain(disclaimer);
    expect(readme).toContain('# Heart \\| failure, 2024: synthetic data');
    expect(readme).toContain('No relation between columns may be analysed');
    expect(readme).toContain('Not for direct care');
    expect(readme).toContain('1 cell or heading begins with an apostrophe');
    expect(readme).toContain(manifest.files[0]!.sha256);
  });

  it('is read back as it was written', async () => {
    const sink = aSink();
    const { manifest } = await write(sink, exporters);
    expect(readManifest(sink.bytesOf('manifest.json'))).toEqual(manifest);
  });

  it('is refused when the sink stored another manifest', async () => {
    const sink = aSink();
    const lying = {
      folder: sink.folder,
      writeFile: async (name: string, bytes: AsyncIterable<Uint8Array>) => ({
        ...(await sink.writeFile(name, bytes)),
        sha256: 'f'.repeat(64),
      }),
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
