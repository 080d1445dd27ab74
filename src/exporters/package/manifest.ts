import type { SemanticType } from '../../core/schema/schema.js';
import type { FormulaCells } from '../exporter.js';

/**
 * What a candidate package is and holds. Deterministic: no time, id or host name is in it, so the same request and
 * seed give the same bytes in another installation. Its SHA-256 covers every file of the package.
 */
export interface CandidateManifest {
  readonly synthetic: true;
  readonly label: 'SYNTHETIC';
  readonly disclaimer: string;
  readonly title: string;
  readonly tier: ManifestTier;
  readonly generator: { readonly name: string; readonly version: string };
  /** SHA-256, 64 lower-case hex digits, as are the other hashes. */
  readonly mechanismHash: string;
  /** Of what the generator was given: the public schema, the signed profile or the fitted model, by tier. */
  readonly inputHash: string;
  readonly policyHash: string;
  readonly seed: string;
  readonly rows: number;
  /** In file order. */
  readonly columns: readonly ManifestColumn[];
  readonly cellsMadeSafe: number;
  /** All files but the manifest itself, in the order they were written. */
  readonly files: readonly ManifestFile[];
}

export const manifestTiers = ['STRUCTURAL', 'LOW', 'HIGH'] as const;
export type ManifestTier = (typeof manifestTiers)[number];

export interface ManifestColumn {
  readonly name: string;
  readonly type: SemanticType;
  readonly decimals?: number;
}

export const fileRoles = ['data', 'descriptor', 'readme'] as const;
type FileRole = (typeof fileRoles)[number];

/** Data files of one package are the same rows, each in another format. */
export interface ManifestFile {
  readonly name: string;
  readonly role: FileRole;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Given for data files. */
  readonly rows?: number;
  /** Given for data files: whether text that a spreadsheet would run has an apostrophe before it, or is as it is. */
  readonly formulaCells?: FormulaCells;
  /** Of the one data file that the checks read; the others were compared with it, cell by cell. */
  readonly checked?: true;
}

/** The data file that the checks read. Packages from before there were formats have one data file and say nothing. */
export function checkedFile({ files }: Pick<CandidateManifest, 'files'>): ManifestFile | undefined {
  return files.find(({ checked }) => checked) ?? files.find(({ role }) => role === 'data');
}

export const manifestName = 'manifest.json';
