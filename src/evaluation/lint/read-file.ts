import { gunzipSync } from 'node:zlib';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { DataNode } from './data-node.js';
import { readYaml, type Comment } from './read-yaml.js';
import { fileKindOf, type FileKind } from './shapes/file-kind.js';
import { UnreadableError } from './unreadable-error.js';

/** One file of the folder, as bytes. */
export interface LintFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ReadFile {
  readonly name: string;
  /** SHA-256 of the bytes. */
  readonly hash: string;
  /** Null when the file was read and is none of the kinds we know. */
  readonly kind: FileKind | null;
  /** Null when the file could not be read, or is not of a format that we read. */
  readonly root: DataNode | null;
  readonly comments: readonly Comment[];
  readonly problem: { readonly why: string; readonly line: number | null } | null;
}

/** Summaries are a few hundred kB at most; a file of more is rows. */
export const fileBytesMax = 4 * 1024 * 1024;

/** Whether the name is one of a format that we read. */
export function isReadable(name: string): boolean {
  return /\.(ya?ml|json)(\.gz)?$/i.test(name);
}

export function readLintFile({ name, bytes }: LintFile): ReadFile {
  const nothing = { name, hash: sha256Hex(bytes), kind: null, root: null, comments: [], problem: null };
  if (!isReadable(name)) return nothing;
  try {
    const { root, comments } = readYaml(name, textOf(name, bytes));
    return { ...nothing, root, comments, kind: fileKindOf(root) };
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return { ...nothing, problem: { why: error.message, line: error.line } };
  }
}

function textOf(name: string, bytes: Uint8Array): string {
  const tooLarge = new UnreadableError(
    `It is larger than ${fileBytesMax / 1024 / 1024} MB, which no summary is.`,
  );
  if (bytes.length > fileBytesMax) throw tooLarge;
  const plain = /\.gz$/i.test(name) ? gunzipped(bytes, tooLarge) : bytes;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    throw new UnreadableError('It is not UTF-8 text.');
  }
}

function gunzipped(bytes: Uint8Array, tooLarge: UnreadableError): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: fileBytesMax });
  } catch (error) {
    const isLarge =
      typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw isLarge ? tooLarge : new UnreadableError('It is not a gzip file.');
  }
}
