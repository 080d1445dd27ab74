import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson } from '../../core/hashing/canonical-json.js';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';

/** What every line of the heads file says beside its own facts. */
interface Signed {
  /** SHA-256 of the public key the line is signed with. */
  readonly keyId: string;
  /** SHA-256 of the line before; zeros in the first. */
  readonly previousLine: string;
  readonly signedAt: string;
  /** The line before was cut off by a crash while it was written, and counts for nothing. */
  readonly afterTorn: boolean;
  readonly version: 1;
}

/** The newest event there was. */
export interface AuditHead extends Signed {
  readonly kind: 'head';
  readonly sequence: string;
  readonly hash: string;
  /** When the event was recorded. */
  readonly at: string;
}

/** From here on lines are signed with this key. The first announces itself, each later one is announced by the one before. */
export interface KeyAnnouncement extends Signed {
  readonly kind: 'key';
  /** SPKI, DER, base64. */
  readonly publicKey: string;
}

export type HeadsEntry = AuditHead | KeyAnnouncement;

export interface SignedEntry {
  readonly entry: HeadsEntry;
  readonly signature: string;
}

export const headsStart = '0'.repeat(64);

export function publicKeyText(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).toString('base64');
}

export function keyIdOf(publicKey: KeyObject): string {
  return sha256Hex(publicKey.export({ format: 'der', type: 'spki' }));
}

/** Null for what is not an Ed25519 key. */
export function publicKeyFrom(text: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}

export function toHeadsLine(entry: HeadsEntry, privateKey: KeyObject): string {
  const signature = sign(null, Buffer.from(canonicalJson(entry)), privateKey).toString('base64');
  return canonicalJson({ ...entry, signature });
}

export function isSignedWith({ entry, signature }: SignedEntry, publicKey: KeyObject): boolean {
  return verify(null, Buffer.from(canonicalJson(entry)), publicKey, Buffer.from(signature, 'base64'));
}

const shared = ['keyId', 'previousLine', 'signedAt', 'signature'] as const;
const own = { head: ['sequence', 'hash', 'at'], key: ['publicKey'] } as const;

/** Null for anything that `toHeadsLine` would not have written, whatever its signature. */
export function parseHeadsLine(text: string): SignedEntry | null {
  try {
    const value: unknown = JSON.parse(text);
    if (!isSignedLine(value) || canonicalJson(value) !== text) return null;
    const { signature, ...entry } = value;
    // Decoding is lenient: without this a signature could be spelled in many ways.
    const isOneSpelling = Buffer.from(signature, 'base64').toString('base64') === signature;
    return isOneSpelling ? { entry, signature } : null;
  } catch {
    return null;
  }
}

function isSignedLine(value: unknown): value is HeadsEntry & { readonly signature: string } {
  if (typeof value !== 'object' || value === null) return false;
  const line = value as Readonly<Record<string, unknown>>;
  const { kind } = line;
  if (kind !== 'head' && kind !== 'key') return false;
  const names = [...shared, ...own[kind]];
  return (
    names.every((name) => typeof line[name] === 'string') &&
    typeof line['afterTorn'] === 'boolean' &&
    line['version'] === 1 &&
    Object.keys(line).length === names.length + 3
  );
}
