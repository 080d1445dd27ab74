import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { ndjsonLines } from '../../exporters/fhir-validation/release/ndjson-lines.js';

/** A file with resources. */
export interface ResourceFile {
  readonly path: string;
  readonly bytes: number;
  /** NDJSON: a resource a line; else the file is one. */
  readonly isLines: boolean;
  /** Of its first resource; undefined for JSON that is no resource, such as a manifest. */
  readonly type: string | undefined;
}

const isResourceFile = /\.(ndjson|ndjson\.gz|json)$/;

/** The files that are named or lie in folders that are, in the order of their paths. @throws {Error} when one is not there */
export async function findResourceFiles(paths: readonly string[]): Promise<ResourceFile[]> {
  const found: ResourceFile[] = [];
  for (const one of paths) {
    const isFolder = (await stat(one)).isDirectory();
    const names = isFolder ? await readdir(one, { recursive: true }) : [];
    const files = isFolder
      ? names.filter((name) => isResourceFile.test(name)).map((name) => path.join(one, name))
      : [one];
    for (const file of files.sort()) found.push(await lookInto(file));
  }
  return found;
}

async function lookInto(file: string): Promise<ResourceFile> {
  const { size } = await stat(file);
  const isLines = !file.endsWith('.json');
  const first = isLines ? await firstLine(file) : undefined;
  return { path: file, bytes: size, isLines, type: first === undefined ? undefined : typeIn(first) };
}

async function firstLine(file: string): Promise<string | undefined> {
  for await (const [line] of ndjsonLines(file)) return line?.text;
  return undefined;
}

function typeIn(text: string): string | undefined {
  try {
    const resource = JSON.parse(text) as { readonly resourceType?: unknown } | null;
    return typeof resource?.resourceType === 'string' ? resource.resourceType : undefined;
  } catch {
    return undefined;
  }
}
