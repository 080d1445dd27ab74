import type { KeyObject } from 'node:crypto';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import {
  type AuditHead,
  type HeadsEntry,
  headsStart,
  isSignedWith,
  keyIdOf,
  parseHeadsLine,
  publicKeyFrom,
  type SignedEntry,
} from './audit-head.js';
import { type FileLine, readLines } from './read-lines.js';

interface HeadsProblem {
  readonly line: number;
  readonly why: string;
}

export interface HeadsLine {
  readonly number: number;
  readonly hash: string;
  readonly entry: HeadsEntry;
}

/** What a heads file says up to the first line that cannot be trusted. */
export interface HeadsFile {
  readonly lines: readonly HeadsLine[];
  /** The key that signs the next line; null in an empty file. */
  readonly key: KeyObject | null;
  /** SHA-256 of the last line, whole or not. */
  readonly lastHash: string;
  /** The last line was cut off while it was written. */
  readonly isTorn: boolean;
  readonly problem: HeadsProblem | null;
}

export const noHeads: HeadsFile = {
  lines: [],
  key: null,
  lastHash: headsStart,
  isTorn: false,
  problem: null,
};

export function headsOf({ lines }: HeadsFile): { head: AuditHead; number: number }[] {
  return lines.flatMap(({ entry, number }) => (entry.kind === 'head' ? [{ head: entry, number }] : []));
}

/** Checks every line: its form, its signature, that it follows the one before. Stops at the first that does not hold. */
export async function readHeads(file: string): Promise<HeadsFile> {
  const walk = new HeadsWalk();
  for await (const line of readLines(file)) {
    const why = walk.step(line);
    if (why !== null) return walk.end({ line: line.number, why });
  }
  return walk.end(walk.tornInside());
}

/**
 * A key somebody keeps vouches for the file when it signed one of its lines: what comes before is held by the hash in
 * that line, what comes after by keys it announced.
 */
export function vouchedFor({ lines }: HeadsFile, key: KeyObject): boolean {
  const keyId = keyIdOf(key);
  return lines.some(({ entry }) => entry.keyId === keyId);
}

class HeadsWalk {
  private readonly lines: HeadsLine[] = [];
  private key: KeyObject | null = null;
  private lastHash = headsStart;
  /** A line that cannot be read is forgiven when the next one, signed, says that it was torn. */
  private torn: FileLine | null = null;
  private isLastEnded = true;

  step(line: FileLine): string | null {
    const signed = line.text === null ? null : parseHeadsLine(line.text);
    if (!signed || !line.isEnded) {
      if (this.torn) return 'it cannot be read';
      this.torn = line;
    } else {
      const why = this.whyNot(signed);
      if (why !== null) return why;
      const { entry } = signed;
      if (entry.kind === 'key') this.key = publicKeyFrom(entry.publicKey);
      this.lines.push({ number: line.number, hash: sha256Hex(line.bytes), entry });
      this.torn = null;
    }
    this.lastHash = sha256Hex(line.bytes);
    this.isLastEnded = line.isEnded;
    return null;
  }

  /** A line with an end that nobody declared torn was changed. */
  tornInside(): HeadsProblem | null {
    return this.torn && this.isLastEnded ? { line: this.torn.number, why: 'it cannot be read' } : null;
  }

  end(problem: HeadsProblem | null): HeadsFile {
    const { lines, key, lastHash } = this;
    return { lines, key, lastHash, isTorn: this.torn !== null, problem };
  }

  private whyNot(signed: SignedEntry): string | null {
    const { entry } = signed;
    if (entry.previousLine !== this.lastHash) return 'it does not follow the line before';
    if (entry.afterTorn !== (this.torn !== null)) return 'the line before cannot be read';
    const announced = entry.kind === 'key' ? publicKeyFrom(entry.publicKey) : null;
    if (entry.kind === 'key' && !announced) return 'it announces no Ed25519 key';
    const key = this.key ?? announced;
    if (!key) return 'no key was announced before it';
    if (entry.keyId !== keyIdOf(key)) return 'it is signed with a key that was not announced';
    return isSignedWith(signed, key) ? null : 'its signature does not hold';
  }
}
