import { toAscii } from '../json/quote.js';

export interface BulkFacts {
  /** An instant, in FHIR's writing. */
  readonly transactionTime: string;
  /** The URI of the release: what stands for the request where there is no server. */
  readonly release: string;
  readonly baseUrl?: string;
}

interface BulkFile {
  readonly type: string;
  readonly name: string;
  readonly bytes: number;
  readonly count: number;
}

/**
 * The manifest of FHIR Bulk Data Access, for its versions 1 to 3 (`request`, `error`) and 4 (`outcome`, the answer to
 * `$bulk-publish`) at once. A served release asks for the token of its holder.
 */
export function bulkManifest(
  files: readonly BulkFile[],
  { transactionTime, release, baseUrl }: BulkFacts,
): string {
  const manifest = {
    transactionTime,
    request: baseUrl === undefined ? release : `${baseUrl}/$bulk-publish`,
    requiresAccessToken: baseUrl !== undefined,
    output: files.map(({ type, name, bytes, count }) => ({
      type,
      url: baseUrl === undefined ? name : `${baseUrl}/${name}`,
      count,
      fileSize: bytes,
    })),
    deleted: [],
    error: [],
    outcome: [],
  };
  return `${toAscii(JSON.stringify(manifest, null, 2))}\n`;
}
