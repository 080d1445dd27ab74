import type { Table } from '../../core/table/table.js';
import { finishPackage, type PackageDescription, type WrittenPackage } from './finish-package.js';
import type { CandidateManifest } from './manifest.js';
import { readmeText } from './readme.js';
import { compareFormats, writeFormats } from './write-formats.js';
import type { PackageTarget, WrittenFormat } from './write-formats.js';

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
  const formats = await writeFormats(blocks, description, target);
  await compareFormats(description.columns, formats, target);
  return finishPackage({ ...description, ...summary(formats) }, readmeText, target.sink);
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
