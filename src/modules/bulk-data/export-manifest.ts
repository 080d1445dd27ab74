import type { Response } from 'express';
import type { FhirFile } from './fhir-files.js';

/** The answer to an export that is complete, in the shape of versions 1 to 4 of FHIR Bulk Data Access at once. */
export interface ExportManifest {
  readonly transactionTime: string;
  readonly request: string;
  readonly requiresAccessToken: boolean;
  readonly output: readonly {
    readonly type: string;
    readonly url: string;
    readonly fileSize: number;
  }[];
  readonly deleted: readonly never[];
  readonly error: readonly never[];
  readonly outcome: readonly never[];
}

/** @param base absolute, of the release's FHIR face, without a slash at its end */
export function exportManifest(
  base: string,
  { files, publishedAt, request }: { files: readonly FhirFile[]; publishedAt: Date; request: string },
): ExportManifest {
  return {
    transactionTime: publishedAt.toISOString(),
    request,
    requiresAccessToken: true,
    output: files.map(({ type, file }) => ({
      type,
      url: `${base}/files/${encodeURIComponent(file.name)}`,
      fileSize: file.bytes,
    })),
    deleted: [],
    error: [],
    outcome: [],
  };
}

export function sendManifest(response: Response, manifest: ExportManifest, expiresAt: Date): void {
  response.setHeader('Expires', expiresAt.toUTCString());
  response.type('application/json').send(JSON.stringify(manifest));
}
