import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { Table } from '../../core/table/table.js';
import { disclaimer, label } from './disclaimer.js';
import { manifestBytes } from './manifest-bytes.js';
import { manifestName } from './manifest.js';
import type { CandidateManifest, ManifestFile } from './manifest.js';
import type { PackageSink, StoredFile } from './package-sink.js';
import { readmeText } from './readme.js';
import { compareFormats, writeFormats } from './write-formats.js';
import type { PackageTarget, WrittenFormat } from './write-formats.js';

/** What a package says about itself that cannot be counted while it is written. */
export type PackageDescription = Omit<
  CandidateManifest,
  'synthetic' | 'label' | 'disclaimer' | 'rows' | 'cellsMadeSafe' | 'files'
>;

export interface WrittenPackage {
  readonly manifest: CandidateManifest;
  /** SHA-256 of the bytes of manifest.json. It names every file by hash, so it covers the whole package. */
  readonly manifestHash: string;
  /** Those of the manifest and, last, the manifest. */
  readonly files: readonly WrittenFile[];
}

export type WrittenFile = Pick<ManifestFile, 'name' | 'mediaType' | 'bytes' | 'sha256'>;

/**
 * Writes `<title>-synthetic.<format>` in every format at once, what describes it, README.md and, last, manifest.json:
 * a package without a manifest is unfinished. Several formats are read back and compared before anything says so.
 * @throws {CellsDifferError} when the formats do not hold the same rows
 * @throws {Error} when the sink stored other bytes than it was given
 */
export async function writeCandidatePackage(
  blocks: AsyncIterable<Table>,
  description: PackageDescription,
  target: PackageTarget,
): Promise<WrittenPackage> {
  const { sink } = target;
  const facts = { synthetic: true, label, disclaimer, ...description } as const;
  const formats = await writeFormats(blocks, description, target);
  await compareFormats(description.columns, formats, target);
  const described = { ...facts, ...summary(formats) };
  const readme = await writeText('README.md', readmeText(described), sink);
  const manifest: CandidateManifest = { ...described, files: [...described.files, readme] };
  const bytes = manifestBytes(manifest);
  const manifestHash = sha256Hex(bytes);
  const stored = await sink.writeFile(manifestName, once(bytes));
  if (stored.sha256 !== manifestHash) throw new Error(`${manifestName} was not stored as it was written.`);
  const itself = { name: manifestName, mediaType: 'application/json', ...sizeOf(stored) };
  return { manifest, manifestHash, files: [...manifest.files, itself] };
}

type Summary = Pick<CandidateManifest, 'rows' | 'cellsMadeSafe' | 'files'>;

function summary(formats: readonly WrittenFormat[]): Summary {
  return {
    rows: formats[0]?.counts.rows ?? 0,
    cellsMadeSafe: formats.reduce((sum, { counts }) => sum + counts.cellsMadeSafe, 0),
    files: formats.flatMap(({ files }, place) =>
      files.map((file) => (place === 0 && file.role === 'data' ? { ...file, checked: true } : file)),
    ),
  };
}

async function writeText(name: string, text: string, sink: PackageSink): Promise<ManifestFile> {
  const stored = await sink.writeFile(name, once(new TextEncoder().encode(text)));
  return { name, role: 'readme', mediaType: 'text/markdown', ...sizeOf(stored) };
}

function sizeOf({ bytes, sha256 }: StoredFile): Pick<StoredFile, 'bytes' | 'sha256'> {
  return { bytes, sha256 };
}

// eslint-disable-next-line @typescript-eslint/require-await -- a stream of one chunk
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
