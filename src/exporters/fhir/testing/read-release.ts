import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { WrittenClinicalFile } from '../../clinical-writer.js';

export interface AnyResource {
  readonly resourceType: string;
  readonly id: string;
  readonly meta: {
    readonly source: string;
    readonly profile?: readonly string[];
    readonly security: readonly { readonly code: string }[];
    readonly tag: readonly { readonly code: string }[];
  };
}

interface Entry {
  readonly fullUrl: string;
  readonly resource: AnyResource;
  readonly request: { readonly method: string; readonly url: string };
}

export interface WrittenRelease {
  readonly files: readonly WrittenClinicalFile[];
  /** All resources of all NDJSON files. */
  readonly lines: readonly AnyResource[];
  /** In the order in which they are to be posted. */
  readonly bundles: readonly { readonly entry: readonly Entry[] }[];
  readonly entries: readonly Entry[];
  ofType(type: string): readonly AnyResource[];
}

/** A release as somebody who gets it reads it. */
export async function readRelease(
  folder: string,
  files: readonly WrittenClinicalFile[],
): Promise<WrittenRelease> {
  const lines: AnyResource[] = [];
  const bundles: { entry: Entry[] }[] = [];
  for (const { name, mediaType } of files) {
    const text = await readFile(path.join(folder, name), 'utf8');
    if (mediaType === 'application/fhir+ndjson')
      lines.push(
        ...text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as AnyResource),
      );
    if (mediaType === 'application/fhir+json') bundles.push(JSON.parse(text) as { entry: Entry[] });
  }
  return {
    ...{ files, lines, bundles, entries: bundles.flatMap(({ entry }) => entry) },
    ofType: (type) => lines.filter(({ resourceType }) => resourceType === type),
  };
}

/** All literal references in a resource. */
export function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, field]) =>
    name === 'reference' && typeof field === 'string' ? [field] : referencesIn(field),
  );
}
