import type { CandidateManifest } from './manifest.js';

/** The manifest as it is stored: indented JSON, members in the order of the type, so that equal manifests are equal bytes. */
export function manifestBytes(manifest: CandidateManifest): Uint8Array {
  const { name, version } = manifest.generator;
  const ordered: CandidateManifest = {
    synthetic: manifest.synthetic,
    label: manifest.label,
    disclaimer: manifest.disclaimer,
    title: manifest.title,
    tier: manifest.tier,
    generator: { name, version },
    mechanismHash: manifest.mechanismHash,
    inputHash: manifest.inputHash,
    policyHash: manifest.policyHash,
    seed: manifest.seed,
    rows: manifest.rows,
    columns: manifest.columns.map((column) => ({
      name: column.name,
      type: column.type,
      ...(column.decimals === undefined ? {} : { decimals: column.decimals }),
    })),
    cellsMadeSafe: manifest.cellsMadeSafe,
    files: manifest.files.map((file) => ({
      name: file.name,
      role: file.role,
      mediaType: file.mediaType,
      bytes: file.bytes,
      sha256: file.sha256,
      ...(file.rows === undefined ? {} : { rows: file.rows }),
      ...(file.formulaCells === undefined ? {} : { formulaCells: file.formulaCells }),
      ...(file.checked === undefined ? {} : { checked: file.checked }),
    })),
  };
  return new TextEncoder().encode(`${JSON.stringify(ordered, undefined, 2)}\n`);
}
