import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import { disclaimer, label } from './disclaimer.js';
import { manifestBytes } from './manifest-bytes.js';
import { type CandidateManifest, type ManifestFile, manifestName } from './manifest.js';
import type { PackageSink, StoredFile } from './package-sink.js';

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
 * Writes README.md and, last, manifest.json: a package without a manifest is unfinished.
 * @param written with its data files, which are in the sink
 * @throws {Error} when the sink stored other bytes than it was given
 */
export async function finishPackage(
  written: Omit<CandidateManifest, 'synthetic' | 'label' | 'disclaimer'>,
  readmeOf: (manifest: CandidateManifest) => string,
  sink: PackageSink,
): Promise<WrittenPackage> {
  const described = { synthetic: true, label, disclaimer, ...written } as const;
  const readme = await writeReadme(readmeOf(described), sink);
  const manifest: CandidateManifest = { ...described, files: [...written.files, readme] };
  const bytes = manifestBytes(manifest);
  const manifestHash = sha256Hex(bytes);
  const stored = await sink.writeFile(manifestName, once(bytes));
  if (stored.sha256 !== manifestHash) throw new Error(`${manifestName} was not stored as it was written.`);
  const itself = { name: manifestName, mediaType: 'application/json', ...sizeOf(stored) };
  return { manifest, manifestHash, files: [...manifest.files, itself] };
}

async function writeReadme(text: string, sink: PackageSink): Promise<ManifestFile> {
  const stored = await sink.writeFile('README.md', once(new TextEncoder().encode(text)));
  return { name: 'README.md', role: 'readme', mediaType: 'text/markdown', ...sizeOf(stored) };
}

function sizeOf({ bytes, sha256 }: StoredFile): Pick<StoredFile, 'bytes' | 'sha256'> {
  return { bytes, sha256 };
}

// eslint-disable-next-line @typescript-eslint/require-await -- a stream of one chunk
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
