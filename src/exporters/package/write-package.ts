import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { Table } from '../../core/table/table.js';
import { csvExporter } from '../csv/csv-exporter.js';
import { disclaimer } from './disclaimer.js';
import { manifestBytes } from './manifest-bytes.js';
import { manifestName } from './manifest.js';
import type { CandidateManifest, ManifestFile } from './manifest.js';
import type { PackageSink } from './package-sink.js';
import { readmeText } from './readme.js';
import { slugOf } from './slug.js';

/** What a package says about itself that cannot be counted while it is written. */
export type PackageDescription = Omit<
  CandidateManifest,
  'synthetic' | 'label' | 'disclaimer' | 'rows' | 'cellsMadeSafe' | 'files'
>;

export interface WrittenPackage {
  readonly manifest: CandidateManifest;
  /** SHA-256 of the bytes of manifest.json. It names every file by hash, so it covers the whole package. */
  readonly manifestHash: string;
}

/**
 * Writes `<title>-synthetic.csv`, README.md and, last, manifest.json: a package without a manifest is unfinished.
 * @throws {Error} when the sink stored other bytes than it was given
 */
export async function writeCandidatePackage(
  blocks: AsyncIterable<Table>,
  description: PackageDescription,
  sink: PackageSink,
): Promise<WrittenPackage> {
  const facts = { synthetic: true, label: 'SYNTHETIC', disclaimer, ...description } as const;
  const { data, counts } = await writeData(blocks, description, sink);
  const described = { ...facts, ...counts, files: data };
  const readme = await writeText(
    { name: 'README.md', mediaType: 'text/markdown' },
    readmeText(described),
    sink,
  );
  const manifest: CandidateManifest = { ...described, files: [...data, readme] };
  const bytes = manifestBytes(manifest);
  const manifestHash = sha256Hex(bytes);
  const stored = await sink.writeFile(manifestName, once(bytes));
  if (stored.sha256 !== manifestHash) throw new Error(`${manifestName} was not stored as it was written.`);
  return { manifest, manifestHash };
}

async function writeData(
  blocks: AsyncIterable<Table>,
  { title, columns }: PackageDescription,
  sink: PackageSink,
): Promise<{ data: ManifestFile[]; counts: { rows: number; cellsMadeSafe: number } }> {
  // The name says what it is, also where the file travels without the rest of its package.
  const exported = csvExporter.open(blocks, { baseName: `${slugOf(title)}-synthetic`, columns });
  const stored: Omit<ManifestFile, 'rows'>[] = [];
  for (const { name, mediaType, bytes } of exported.files) {
    stored.push({ name, role: 'data', mediaType, ...(await sink.writeFile(name, bytes)) });
  }
  const counts = exported.counts();
  return { data: stored.map((file) => ({ ...file, rows: counts.rows })), counts };
}

async function writeText(
  file: { readonly name: string; readonly mediaType: string },
  text: string,
  sink: PackageSink,
): Promise<ManifestFile> {
  const stored = await sink.writeFile(file.name, once(new TextEncoder().encode(text)));
  return { name: file.name, role: 'readme', mediaType: file.mediaType, ...stored };
}

// eslint-disable-next-line @typescript-eslint/require-await -- a stream of one chunk
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
