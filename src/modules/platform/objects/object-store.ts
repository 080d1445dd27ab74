import type { Readable } from 'node:stream';

/** Objects are named by what they hold: the key is the SHA-256 of the bytes, in hex. */
export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
}

/** The zones whose every reading is on record. */
export type RecordedZoneName = 'real-zone' | 'models' | 'quarantine';

/** A door that only opens inwards. The HTTP process has this one for the real zone, and no other. */
export interface ObjectInbox {
  /** Stores all bytes or nothing: when the source of bytes fails, no object is left. */
  put(bytes: AsyncIterable<Uint8Array>): Promise<StoredObject>;
}

/** Each answer comes after the reading is on record, and rejects where no job is at work to answer for it. */
export interface ObjectReader {
  open(key: string): Promise<Readable>;
  /** A file with the object's bytes, for engines that read files themselves. */
  localPath(key: string): Promise<string>;
  /** A place beside the object for a file derived from it, in the same trust zone. */
  derivedPath(key: string, extension: string): Promise<string>;
  /** Re-reads the bytes. False when they are not (any longer) what the key says, or gone. */
  isIntact(key: string): Promise<boolean>;
}

export interface ObjectStore extends ObjectInbox, ObjectReader {
  /** Is there an object under this key? Its bytes are not read. */
  has(key: string): Promise<boolean>;
  /** Afterwards the object is gone, whether or not it was there. */
  destroy(key: string): Promise<void>;
}

/** Injection tokens, one a trust zone. Which process provides which is the data-flow rule of docs/architecture.md. */
export const REAL_ZONE_INBOX = Symbol('RealZoneInbox');
export const REAL_ZONE = Symbol('RealZone');
/** What was learned from real rows: of the real zone, but not the rows. */
export const MODELS = Symbol('Models');
export const QUARANTINE = Symbol('Quarantine');
