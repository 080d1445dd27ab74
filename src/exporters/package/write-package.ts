import type { Table } from '../../core/table/table.js';
import { csvExporter } from '../csv/csv-exporter.js';
import { finishPackage, type PackageDescription, type WrittenPackage } from './finish-package.js';
import type { ManifestFile } from './manifest.js';
import type { PackageSink } from './package-sink.js';
import { readmeText } from './readme.js';
import { slugOf } from './slug.js';

/**
 * Writes `<title>-synthetic.csv`, README.md and, last, manifest.json: a package without a manifest is unfinished.
 * @throws {Error} when the sink stored other bytes than it was given
 */
export async function writeCandidatePackage(
  blocks: AsyncIterable<Table>,
  description: PackageDescription,
  sink: PackageSink,
): Promise<WrittenPackage> {
  const { data, counts } = await writeData(blocks, description, sink);
  return finishPackage({ ...description, ...counts, files: data }, readmeText, sink);
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
