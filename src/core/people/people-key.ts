import { createHmac } from 'node:crypto';

const hashBytes = 6;

/** What no two people share is left when punctuation, case and leading zeros of an identifier are gone. */
function bareIdentifier(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/^0+(?=.)/u, '');
}

/**
 * Knows people again across extracts, for whoever has the secret of the installation and for nobody else: HMAC-SHA256
 * (RFC 2104), cut to 48 bits, which a double holds exactly.
 */
export class PeopleKey {
  /** @param secret 32 random bytes */
  constructor(private readonly secret: Buffer) {}

  /** Tells two keys apart and nothing of either. */
  get fingerprint(): string {
    return this.digest('fingerprint', '').toString('hex').slice(0, 16);
  }

  /** Of an identifier: 0 to 2^48 - 1, the same however it is written. Null when no letter and no digit is in it. */
  ofSubject(identifier: string): number | null {
    const bare = bareIdentifier(identifier);
    return bare === '' ? null : this.hash('subject', bare);
  }

  /** Of a whole row, by anything that stands for its cells. */
  ofRow(content: string): number {
    return this.hash('row', content);
  }

  private hash(kind: string, text: string): number {
    return this.digest(kind, text).readUIntBE(0, hashBytes);
  }

  private digest(kind: string, text: string): Buffer {
    return createHmac('sha256', this.secret).update(`${kind}\0${text}`).digest();
  }
}

/** Half of all keyed hashes are below. */
export const middleHash = 2 ** (8 * hashBytes - 1);
